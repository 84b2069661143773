import type { Value } from "../ir/primitives.ts";
import type { Program } from "../ir/program.ts";
import { createRecorder } from "../trace/recorder.ts";
import { sliceAxis } from "../trace/math.ts";
import { bytesPerElement, sizeOf } from "../tensor/tensor.ts";
import type { RegionPlan, Segment } from "./plan.ts";
import type { Draw, Loop } from "./region.ts";

/** Several iterations of a loop as one step function. */
export interface Chunk {
  readonly iterations: number;
  readonly program: Program;
  /** In the order of the program's inputs: captured tensors, states, draws of each iteration, packed scalars. */
  readonly captured: readonly Value[];
  readonly draws: readonly Draw[];
  readonly segment: Segment;
}

const mostIterations = 10;
const mostNoiseBytes = 64 * 2 ** 20;

/**
 * Iterations in one step function; the same whatever the loop's count, so that another count compiles nothing.
 * Measured: past ten iterations a longer step function gains nothing, and one without calls gains most.
 */
export function chunkLength(plan: RegionPlan): number {
  const bytes = drawsOf(plan).reduce(
    (sum, { output }) => sum + sizeOf(output.shape) * bytesPerElement.float32,
    0,
  );
  return bytes === 0
    ? mostIterations
    : Math.min(mostIterations, Math.floor(mostNoiseBytes / bytes));
}

const drawsOf = (plan: RegionPlan) =>
  plan.steps.filter((step): step is Draw => step.kind === "draw");

/** The loop's body, `iterations` times in one program; null where the body is more than one step function. */
export function unrollLoop(loop: Loop, plan: RegionPlan, iterations: number): Chunk | null {
  const segment = onlySegment(loop, plan);
  if (segment === null) return null;
  const draws = drawsOf(plan);
  const current = loop.states.flatMap(({ current: [now] }) =>
    now?.on === "device" ? [now.value] : [],
  );
  const drawn = new Set(draws.map(({ output }) => output));
  const carried = new Set(current);
  const captured = segment.tensors.filter((value) => !drawn.has(value) && !carried.has(value));
  const recorder = createRecorder();
  const known = new Map<Value, Value>();
  for (const value of [...captured, ...current]) known.set(value, recorder.input(value));
  const noise = Array.from({ length: iterations }, () =>
    draws.map(({ output }) => recorder.input(output)),
  );
  const packed = segment.scalars.length;
  const scalars =
    packed === 0 ? null : recorder.input({ dtype: "float32", shape: [packed * iterations] });
  for (let i = 0; i < iterations; i += 1) {
    draws.forEach(({ output }, d) => known.set(output, noise[i]?.[d] as Value));
    const args = segment.tensors.map((value) => known.get(value) as Value);
    if (scalars !== null)
      args.push(sliceAxis(recorder, scalars, 0, { start: i * packed, end: (i + 1) * packed }));
    const outputs = recorder.inline(segment.program, args);
    segment.outputs.forEach((output, o) => known.set(output, outputs[o] as Value));
    const next = loop.states.map((state) => nextValue(state.next, known));
    loop.states.forEach(({ current: [now] }, s) => {
      if (now?.on === "device") known.set(now.value, next[s] as Value);
    });
  }
  const program = recorder.finish(current.map((value) => known.get(value) as Value));
  return { iterations, program, captured, draws, segment };
}

function nextValue(
  next: Loop["states"][number]["next"],
  known: ReadonlyMap<Value, Value>,
): Value | null {
  return next.on === "device" ? (known.get(next.value) ?? null) : null;
}

/** The body's one step function, where the loop is nothing but it and draws. */
function onlySegment(loop: Loop, plan: RegionPlan): Segment | null {
  const plain =
    loop.stop === undefined &&
    loop.condition === undefined &&
    loop.scans.length === 0 &&
    loop.health === undefined &&
    loop.states.every(
      ({ init, next, current }) =>
        init.on === "device" && next.on === "device" && current.length === 1,
    );
  const others = plan.steps.filter((step) => step.kind !== "draw");
  const [segment] = others;
  if (!plain || others.length !== 1 || segment?.kind !== "segment" || segment.feeds.length > 0)
    return null;
  const made = new Set([...segment.outputs, ...segment.tensors]);
  const reachable = loop.states.every(({ next }) => next.on === "device" && made.has(next.value));
  return reachable ? segment : null;
}
