import type { Equation, Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { int64, type TensorData } from "../tensor/tensor.ts";
import type { Host } from "../trace/host.ts";
import type { Segment } from "./plan.ts";
import { constantOf, type Evaluation, type Region } from "./region.ts";

/** A step function of these equations (in order), which keeps `outputs`. */
export function makeSegment(
  region: Region,
  {
    equations,
    outputs,
    hostOf,
    counted,
  }: {
    readonly equations: readonly Equation[];
    readonly outputs: readonly Value[];
    /** The host values that rank-0 values of the region stand for. */
    readonly hostOf: ReadonlyMap<Value, Host<number>>;
    /** Evaluations that earlier step functions of the region count; this one's are added. */
    readonly counted: Set<Evaluation>;
  },
): Segment {
  const live = pruneTo(equations, outputs);
  const reads = outsideReads(live);
  const constants = new Map<Value, TensorData>();
  const tensors: Value[] = [];
  const feeds: Segment["feeds"][number][] = [];
  const scalars: { value: Value; host: Host<number> }[] = [];
  for (const value of reads) {
    const host = hostOf.get(value);
    const feed = region.hostFeeds.get(value);
    const data = constantOf(region, value);
    if (host !== undefined) scalars.push({ value, host });
    else if (feed !== undefined) feeds.push({ value, feed });
    else if (data !== undefined) constants.set(value, data);
    else tensors.push(value);
  }
  const {
    inputs: packed,
    equations: unpack,
    constants: more,
  } = unpackScalars(scalars.map((s) => s.value));
  for (const [value, data] of more) constants.set(value, data);
  const made = new Set(live.flatMap((equation) => equation.outputs));
  return {
    kind: "segment",
    program: {
      inputs: [...tensors, ...feeds.map(({ value }) => value), ...packed],
      constants,
      equations: [...unpack, ...live],
      outputs,
    },
    tensors,
    feeds,
    scalars: scalars.map(({ host }) => host),
    outputs,
    ...countsOf(region, made, counted),
  };
}

/**
 * Evaluations that begin in the step function that makes `made`, and vector-Jacobian products through them.
 * An evaluation is one whichever of its answers is made, or where only a gradient through it is.
 */
function countsOf(
  { evaluations, networkGradients }: Region,
  made: ReadonlySet<Value>,
  counted: Set<Evaluation>,
): Pick<Segment, "nfe" | "vjpCalls"> {
  const through = [...networkGradients].flatMap(([gradient, all]) =>
    made.has(gradient) ? all : [],
  );
  const answered = [...evaluations].filter((answers) => answers.some((value) => made.has(value)));
  const before = counted.size;
  for (const evaluation of [...answered, ...through]) counted.add(evaluation);
  return { nfe: counted.size - before, vjpCalls: through.length };
}

function pruneTo(equations: readonly Equation[], outputs: readonly Value[]): readonly Equation[] {
  const live = new Set<Value>(outputs);
  const kept: Equation[] = [];
  for (const equation of equations.toReversed()) {
    if (!equation.outputs.some((output) => live.has(output))) continue;
    for (const input of equation.inputs) if (input !== null) live.add(input);
    kept.push(equation);
  }
  return kept.toReversed();
}

function outsideReads(equations: readonly Equation[]): ReadonlySet<Value> {
  const made = new Set(equations.flatMap(({ outputs }) => outputs));
  const reads = new Set<Value>();
  for (const { inputs } of equations)
    for (const input of inputs) if (input !== null && !made.has(input)) reads.add(input);
  return reads;
}

/** Reads rank-0 `values` out of one float32 vector. */
export function unpackScalars(values: readonly Value[]): {
  readonly inputs: readonly Value[];
  readonly equations: readonly Equation[];
  readonly constants: ReadonlyMap<Value, TensorData>;
} {
  if (values.length === 0) return { inputs: [], equations: [], constants: new Map() };
  const vector = newValue({ dtype: "float32", shape: [values.length] });
  const constants = new Map<Value, TensorData>();
  const equations = values.flatMap((value, i): Equation[] => {
    const index = newValue({ dtype: "int64", shape: [] });
    constants.set(index, int64([i], []));
    return [
      {
        op: "Gather",
        inputs: [vector, index],
        params: { axis: 0 },
        outputs: [value],
        origin: "scalars",
      },
    ];
  });
  return { inputs: [vector], equations, constants };
}
