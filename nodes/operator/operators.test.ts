import { beforeAll, describe, expect, test } from "vitest";
import { backward } from "../../runtime/autodiff/backward.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { fillNormals } from "../../runtime/execute/noise/fill-normals.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { Operator, OperatorEmit, OperatorValue } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { float32, scalarTensor, sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import { scale } from "../../runtime/trace/math.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";
import { registry } from "../index.ts";

const image: Shape = [3, 16, 24];
const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, Shape])[] = [
  ["operator/box-inpainting", { height: 5, width: 9 }, image],
  ["operator/random-inpainting", { missing: 0.7, seed: 3 }, image],
  ["operator/average", { factor: 4 }, image],
  ["operator/gaussian-blur", { std: 1.5 }, image],
  ["operator/gaussian-blur", { std: 3, boundary: "zero", radius: 4 }, [1, 9, 5]],
  ["operator/gaussian-blur", { std: 2, boundary: "edge" }, [1, 9, 5]],
  ["operator/gaussian-blur", { std: 2, boundary: "circular" }, [1, 9, 5]],
  ["operator/mixture", { stems: 4 }, [4, 50]],
  ["operator/hdr", { gain: 2 }, image],
  ["operator/phase-retrieval", { oversample: 2 }, [1, 8, 12]],
  ["operator/phase-retrieval", { oversample: 1, range: "[-1,1]" }, [2, 8, 8]],
];

let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu"));
});

function operatorOf(type: string, params: object, signal: Shape): Operator {
  const [definition] = registry.versions(type);
  if (definition === undefined) throw new Error(`no ${type}`);
  const made = definition.build({
    params: definition.params.parse(params) as never,
    scalars: {} as never,
    inputs: {} as never,
    ctx: {} as never,
  });
  const value = made["operator"] as OperatorValue;
  return value.bound ? value.operator : value.family.bind(signal);
}

const emitOf = (recorder: Recorder): OperatorEmit => ({
  ...recorder,
  scalar: (s) => recorder.constant(scalarTensor(s as number)),
});

function normals(shape: Shape, stream: string) {
  const data = new Float32Array(sizeOf(shape));
  fillNormals(data, { seed: 5, stream, sample: 0, indices: [] });
  return data.map((v) => v / 2);
}

/** Runs what `write` records on two normal tensors of these shapes, batch 2. */
async function evaluate(
  shapes: readonly Shape[],
  write: (emit: OperatorEmit, values: readonly Value[], recorder: Recorder) => readonly Value[],
) {
  const recorder = createRecorder();
  const inputs = shapes.map((shape) => recorder.input({ dtype: "float32", shape: [2, ...shape] }));
  const program = recorder.finish(write(emitOf(recorder), inputs, recorder));
  const outputNames = program.outputs.map((_, i) => `o${i}`);
  const bytes = writeModel(program, { inputNames: inputs.map((_, i) => `i${i}`), outputNames });
  const session = await backend.createSession(bytes);
  const data = inputs.map(({ shape }, i) => normals(shape, `stream ${i}`));
  const feeds = Object.fromEntries(
    inputs.map(({ shape }, i) => [`i${i}`, backend.upload(float32(data[i] ?? [], shape))]),
  );
  const results = await session.run(feeds);
  const outputs: Float32Array[] = [];
  for (const name of outputNames) {
    const tensor = results[name];
    if (tensor !== undefined) outputs.push((await backend.download(tensor)).data as Float32Array);
  }
  return { data, outputs };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, v, i) => sum + v * (b[i] ?? Number.NaN), 0);

describe.each(cases)("%s %j on %j", (type, params, signal) => {
  const operator = operatorOf(type, params, signal);
  const { vjp, adjoint, pinv, projector } = operator;

  if (vjp !== undefined)
    test("the gradient is the transposed Jacobian that reverse mode finds", async () => {
      const { outputs } = await evaluate(
        [operator.signal, operator.measurement],
        (emit, [x, r], recorder) => {
          if (x === undefined || r === undefined) throw new Error("two inputs");
          const y = operator.apply(emit, x);
          const [expected] = backward(recorder, [...recorder.equations], new Map([[y, r]]), [x]);
          if (expected === undefined || expected === null) throw new Error("no gradient");
          return [vjp(emit, x, r), expected];
        },
      );
      const [own = [], expected = []] = outputs;
      own.forEach((v, i) => expect(v).toBeCloseTo(expected[i] ?? Number.NaN, 4));
    });

  if (adjoint !== undefined)
    test("⟨Ax, u⟩ = ⟨x, Aᵀu⟩", async () => {
      const { data, outputs } = await evaluate(
        [operator.signal, operator.measurement],
        (emit, [x, u]) => [operator.apply(emit, x as Value), adjoint(emit, u as Value)],
      );
      const [left, right] = [
        dot(outputs[0] ?? [], data[1] ?? []),
        dot(data[0] ?? [], outputs[1] ?? []),
      ];
      expect(Math.abs(left - right)).toBeLessThan(1e-4 * Math.max(1, Math.abs(left)));
    });

  if (operator.linear && pinv !== undefined && projector !== undefined)
    test("A A⁺ A = A, and P = A⁺ A", async () => {
      const { outputs } = await evaluate([operator.signal], (emit, [x]) => {
        const y = operator.apply(emit, x as Value);
        const back = pinv(emit, y);
        return [y, operator.apply(emit, back), back, projector(emit, x as Value)];
      });
      const [y = [], again = [], back = [], projected = []] = outputs;
      y.forEach((v, i) => expect(again[i]).toBeCloseTo(v, 5));
      back.forEach((v, i) => expect(projected[i]).toBeCloseTo(v, 5));
    });

  if (operator.linear && vjp !== undefined)
    test("the largest eigenvalue of AᵀA is as said", async () => {
      const { outputs } = await evaluate([operator.signal], (emit, [x]) => {
        let v = x as Value;
        for (let i = 0; i < 60; i += 1)
          v = scale(emit, vjp(emit, v, operator.apply(emit, v)), 1 / operator.lipschitz);
        return [v, vjp(emit, v, operator.apply(emit, v))];
      });
      const [before = [], after = []] = outputs;
      const ratio = Math.sqrt(dot(after, after) / dot(before, before));
      expect(ratio).toBeLessThanOrEqual(operator.lipschitz * 1.0001);
      expect(ratio).toBeGreaterThan(operator.lipschitz * 0.97);
    });
});
