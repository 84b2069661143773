import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { AnyNode } from "../../runtime/graph/define-node.ts";
import type { Operator, OperatorEmit, OperatorValue } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { float32, scalarTensor, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { lowerProgram } from "../../runtime/trace/lower.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";

let chosen: ReturnType<typeof createNodeBackend> | undefined;

/** What `write` records on these tensors, computed on the cpu. */
export async function evaluate(
  tensors: readonly TensorData[],
  write: (emit: OperatorEmit, values: readonly Value[]) => readonly Value[],
): Promise<readonly Float32Array[]> {
  chosen ??= createNodeBackend("cpu", { threads: 1 });
  const { backend } = await chosen;
  const recorder = createRecorder();
  const inputs = tensors.map((tensor) => recorder.input(tensor));
  const program = lowerProgram(recorder.finish(write(emitWith(recorder), inputs)));
  const inputNames = inputs.map((_, i) => `i${i}`);
  const outputNames = program.outputs.map((_, i) => `o${i}`);
  const session = await backend.createSession(writeModel(program, { inputNames, outputNames }));
  const feeds = tensors.map((tensor, i) => [`i${i}`, backend.upload(tensor)] as const);
  const results = await session.run(Object.fromEntries(feeds));
  const outputs: Float32Array[] = [];
  for (const name of outputNames) {
    const tensor = results[name];
    if (tensor === undefined) throw new Error(`no ${name}`);
    outputs.push(((await backend.download(tensor)).data as Float32Array).slice());
  }
  return outputs;
}

/** Writes with a recorder; host scalars must be known. */
function emitWith(recorder: Recorder): OperatorEmit {
  return {
    ...recorder,
    scalar(given) {
      if (typeof given === "number") return recorder.constant(scalarTensor(given));
      if ("on" in given && given.on === "device") return given.value;
      const host = "on" in given ? given.host : given;
      if (host.known === undefined) throw new Error("a host scalar that is not known");
      return recorder.constant(scalarTensor(host.known.value));
    },
  };
}

/** The operator that a node without inputs makes, for signals of this shape. */
export function operatorOf(node: AnyNode, params: object, signal: Shape): Operator {
  const made = node.build({
    params: node.params.parse(params) as never,
    scalars: {} as never,
    inputs: {} as never,
    ctx: {} as never,
  });
  const value = made["operator"] as OperatorValue;
  return value.bound ? value.operator : value.family.bind(signal);
}

/** One sample of smooth and rough parts in [-limit, limit]. */
export function pictureOf(shape: Shape, limit = 1): TensorData {
  const [, , , width = 1] = [1, ...shape];
  let state = 1;
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    const smooth = Math.sin(i / (3 * width)) * Math.cos((i % width) / 4);
    return limit * Math.max(-1, Math.min(1, 0.7 * smooth + 0.3 * (state / 2 ** 31 - 1)));
  });
  return float32(data, [1, ...shape]);
}
