import { describe, expect, test } from "vitest";
import { runModel } from "../../test/support/round-trip.ts";
import type { Program } from "../ir/program.ts";
import { float32, int64, scalarTensor } from "../tensor/tensor.ts";
import { createRecorder, type Recorder } from "../trace/recorder.ts";
import type { Value } from "../ir/primitives.ts";
import { readModel } from "./model.ts";
import { importModel } from "./import-model.ts";
import { writeModel } from "./write-model.ts";

function record(build: (recorder: Recorder, x: Value) => readonly Value[]): Program {
  const recorder = createRecorder();
  const x = recorder.input({ dtype: "float32", shape: [2, 3] });
  return recorder.finish(build(recorder, x));
}

const x = float32([1, 2, 3, 4, 5, 6], [2, 3]);
const names = (outputs: number) => ({
  inputNames: ["x"],
  outputNames: Array.from({ length: outputs }, (_, i) => `y${i}`),
});

describe(writeModel, () => {
  test("the same structure gives the same bytes, whatever the ids and origins", () => {
    const program = (label: string) =>
      record((recorder, x) => {
        recorder.setOrigin(label);
        return [recorder.op("Mul", [x, recorder.constant(scalarTensor(2))], {})];
      });
    expect(writeModel(program("a"), names(1))).toEqual(writeModel(program("b"), names(1)));
  });

  test("origins become node names when asked for", () => {
    const program = record((recorder, x) => {
      recorder.setOrigin("denoise.x0");
      return [recorder.op("Exp", [x], {})];
    });
    const { proto } = readModel(writeModel(program, { ...names(1), origins: true }));
    expect(proto.graph?.node.map(({ name }) => name)).toEqual(["denoise.x0"]);
  });

  test("outputs may be inputs, constants, and the same value twice", async () => {
    const program = record((recorder, x) => {
      const y = recorder.op("Neg", [x], {});
      return [y, y, x, recorder.constant(scalarTensor(7))];
    });
    const results = await runModel(writeModel(program, names(4)), { x });
    expect(Object.values(results).map(({ data }) => Number(data[0]))).toEqual([-1, -1, 1, 7]);
  });

  test("equal shapes are held once", () => {
    const program = record((recorder, x) => {
      const a = recorder.op("Reshape", [x], { shape: [3, 2] });
      return [recorder.op("Reshape", [recorder.op("Exp", [a], {})], { shape: [3, 2] })];
    });
    expect(readModel(writeModel(program, names(1))).proto.graph?.initializer).toHaveLength(1);
  });

  test("inputs left out keep their place", async () => {
    const program = record((recorder, x) => [
      recorder.op("Clip", [x, null, recorder.constant(scalarTensor(3))], {}),
    ]);
    const { y0 } = await runModel(writeModel(program, names(1)), { x });
    expect([...(y0?.data ?? [])]).toEqual([1, 2, 3, 3, 3, 3]);
  });

  test("names that the caller chose are never given to other values", async () => {
    const program = record((recorder, x) => {
      const a = recorder.op("Add", [x, recorder.constant(float32([1, 1, 1], [3]))], {});
      return [recorder.op("Mul", [a, recorder.constant(float32([2, 2, 2], [3]))], {})];
    });
    const results = await runModel(
      writeModel(program, { inputNames: ["v0"], outputNames: ["c0"] }),
      { v0: x },
    );
    expect([...(results["c0"]?.data ?? [])]).toEqual([4, 6, 8, 10, 12, 14]);
  });

  test("names that do not fit the program are refused in words", () => {
    const program = record((recorder, x) => [recorder.op("Exp", [x], {})]);
    const wrong = [["a", "b"], []].map(
      (inputNames) => () => writeModel(program, { inputNames, outputNames: ["y"] }),
    );
    for (const write of wrong) expect(write).toThrow(/^writeModel: \d input names for 1 inputs$/);
    expect(() => writeModel(program, { inputNames: ["x"], outputNames: ["x"] })).toThrow(
      "must be different",
    );
  });

  test("what is written reads back as the same program", () => {
    const program = record((recorder, x) => {
      const [a, b] = recorder.ops("Split", [x], { axis: 1, sizes: [1, 2] });
      const gathered = recorder.op("Gather", [b ?? x, recorder.constant(int64([1, 0, 1]))], {
        axis: 1,
      });
      return [recorder.op("Add", [a ?? x, gathered], {})];
    });
    const bytes = writeModel(program, names(1));
    const again = importModel(readModel(bytes));
    expect(writeModel(again.program, again)).toEqual(bytes);
  });
});
