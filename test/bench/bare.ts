import { InferenceSession, Tensor } from "onnxruntime-node";
import { nodes } from "../../nodes/index.ts";
import { column } from "../../nodes/operator/shared/columns.ts";
import type { Operator, OperatorEmit, OperatorValue } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Program } from "../../runtime/ir/program.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { sizeOf, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";

/** A session of onnxruntime with nothing of the project around it, its inputs filled. */
export interface BareSession {
  run(): Promise<unknown>;
  release(): Promise<void>;
}

/** A model with `feeds`, by input name; set up as the backend does, so that like is compared with like. */
export async function bareModel(
  bytes: Uint8Array,
  threads: number,
  feeds: Readonly<Record<string, TensorData>>,
): Promise<BareSession> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const tensors = Object.fromEntries(
    Object.entries(feeds).map(([name, { dtype, data, shape }]) => [
      name,
      new Tensor(dtype, data, shape),
    ]),
  );
  return { run: () => session.run(tensors), release: () => session.release() };
}

/** A program, its inputs filled. */
export function bareProgram(program: Program, threads: number): Promise<BareSession> {
  const inputNames = program.inputs.map((_, i) => `i${i}`);
  const outputNames = program.outputs.map((_, i) => `o${i}`);
  const feeds = Object.fromEntries(program.inputs.map(({ shape }, i) => [`i${i}`, filled(shape)]));
  return bareModel(writeModel(program, { inputNames, outputNames }), threads, feeds);
}

/** 0.1 for a number, a wave around it for a tensor. */
export function filled(shape: Shape): TensorData {
  const data = Float32Array.from(
    { length: sizeOf(shape) },
    (_, i) => 0.1 + 0.5 * Math.sin(0.7 * i),
  );
  return { dtype: "float32", shape, data };
}

/** An operator of the registry for signals of a shape [C, H, W]. */
export function operatorFor(
  type: string,
  params: Readonly<Record<string, unknown>>,
  signal: Shape,
): Operator {
  const definition = nodes.find((node) => node.type === type);
  if (definition === undefined) throw new Error(`there is no node ${type}`);
  const build = definition.build as unknown as (given: object) => {
    readonly operator: OperatorValue;
  };
  const { operator } = build({
    params: definition.params.parse(params),
    scalars: {},
    inputs: {},
    ctx: {},
  });
  return operator.bound ? operator.operator : operator.family.bind(signal);
}

/**
 * `steps` times u ← u − g·2Aᵀ(A u − y) + ν ε as one program.
 * Inputs: u, y, the rank-0 2g and ν, then one ε a step (none where `noise` is false).
 */
export function sgldProgram(operator: Operator, steps: number, noise = true): Program {
  const recorder = createRecorder();
  const emit = operatorEmit(recorder);
  const type = { dtype: "float32", shape: [1, ...operator.signal] } as const;
  const vjp = column(operator, "vjp");
  let u: Value = recorder.input(type);
  const y = recorder.input({ dtype: "float32", shape: [1, ...operator.measurement] });
  const g = recorder.input({ dtype: "float32", shape: [] });
  const nu = recorder.input({ dtype: "float32", shape: [] });
  for (let step = 0; step < steps; step += 1) {
    const gradient = vjp(emit, u, sub(emit, operator.apply(emit, u), y));
    u = sub(emit, u, mul(emit, gradient, g));
    if (noise) u = add(emit, u, mul(emit, recorder.input(type), nu));
  }
  return recorder.finish([u]);
}

function operatorEmit(recorder: Recorder): OperatorEmit {
  const scalar = (): Value => {
    throw new Error("internal: a bare program has no host scalars");
  };
  return { ...recorder, scalar };
}

/** So many passes over a tensor: each the sum of it and another. */
export function additionProgram(shape: Shape, passes = 1): Program {
  const recorder = createRecorder();
  let sum = recorder.input({ dtype: "float32", shape });
  const term = recorder.input({ dtype: "float32", shape });
  for (let pass = 0; pass < passes; pass += 1) sum = add(recorder, sum, term);
  return recorder.finish([sum]);
}
