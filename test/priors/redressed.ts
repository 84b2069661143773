import { alphaBars } from "../../nodes/prior/alpha-bars.ts";
import { importModel } from "../../runtime/onnx/import-model.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { add, constantLike, div, mul, number, reshape, sub } from "../../runtime/trace/math.ts";
import { createRecorder } from "../../runtime/trace/recorder.ts";

const shape = [1, 1, 28, 28];

const imported = (bytes: Uint8Array) =>
  importModel(readModel(bytes), { shapes: { x: shape, sigma: [1] } });

/** A network x, sigma → x0 as one that predicts ε from a discrete VP state and an int64 index. */
export function fashionAsEps(bytes: Uint8Array): Uint8Array {
  const { program } = imported(bytes);
  const emit = createRecorder();
  const u = emit.input({ dtype: "float32", shape });
  const index = emit.input({ dtype: "int64", shape: [1] });
  const table = [...alphaBars({ kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 })];
  const bar = emit.op("Gather", [constantLike(emit, u, table, [1000]), index], { axis: 0 });
  const alpha = emit.op("Sqrt", [bar], {});
  const sigma = div(emit, emit.op("Sqrt", [sub(emit, number(emit, u, 1), bar)], {}), alpha);
  const column = (value: typeof sigma) => reshape(emit, value, [1, 1, 1, 1]);
  const x = div(emit, u, column(alpha));
  const [x0] = emit.inline(program, [x, sigma]);
  if (x0 === undefined) throw new Error("the network has no output");
  const eps = div(emit, sub(emit, x, x0), column(sigma));
  return writeModel(emit.finish([eps]), { inputNames: ["x", "t"], outputNames: ["out"] });
}

/** The same at σ = 0.5 whatever comes. */
export function fashionUntold(bytes: Uint8Array): Uint8Array {
  const { program } = imported(bytes);
  const emit = createRecorder();
  const x = emit.input({ dtype: "float32", shape });
  const sigma = constantLike(emit, x, [0.5], [1]);
  const [x0] = emit.inline(program, [mul(emit, x, number(emit, x, 1)), sigma]);
  if (x0 === undefined) throw new Error("the network has no output");
  return writeModel(emit.finish([add(emit, x0, number(emit, x, 0))]), {
    inputNames: ["x"],
    outputNames: ["out"],
  });
}
