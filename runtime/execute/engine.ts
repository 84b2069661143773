import { IssueError } from "../base/issue.ts";
import { isValue } from "../compile/barriers.ts";
import type { Segment, Step } from "../compile/plan.ts";
import type { Plan, Tap } from "../compile/plan-regions.ts";
import type { Call, Carried, Draw, Gate, If, Loop, Readback, Region } from "../compile/region.ts";
import type { HostFeed } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { sizeOf, type TensorData } from "../tensor/tensor.ts";
import { evaluate, type Host } from "../trace/host.ts";
import type { Backend, DeviceTensor, Session } from "./backend.ts";
import { assign, read } from "./carry.ts";
import { hold } from "./held.ts";
import { drop, dropAll, get, newLiveFrame, put, type LiveFrame } from "./live-frame.ts";
import type { NoiseSource } from "./noise/noise-source.ts";
import type { SessionCache } from "./session-cache.ts";

/** What the steps of one run share. */
export interface Engine {
  readonly backend: Backend;
  readonly sessions: SessionCache;
  readonly noise: NoiseSource;
  readonly samples: readonly number[];
  /** Milliseconds since some beginning. */
  readonly clock: () => number;
  readonly spent: { networks: number; steps: number; noise: number };
  readonly counts: { nfe: number; vjpCalls: number };
  /** The plan in force; replaced when probes change. */
  plan: Plan;
  readonly runLoop: (engine: Engine, loop: Loop, frame: LiveFrame) => Promise<void>;
  /** Called after the steps of a region, while its values are there. */
  readonly observe: (engine: Engine, taps: readonly Tap[], frame: LiveFrame) => Promise<void>;
  /** Throws when the run was cancelled. */
  readonly checkCancelled: () => void;
  /** To be waited for between iterations; undefined where it is not time yet. */
  readonly breathe: () => Promise<void> | undefined;
}

/**
 * Runs the steps of one execution of a region; its results stay in the frame.
 * False when a while zone's condition ended it.
 */
export async function runRegion(
  engine: Engine,
  region: Region,
  frame: LiveFrame,
): Promise<boolean> {
  // Probes may change while this runs: what it keeps and shows stays as it began.
  const plan = engine.plan.of(region);
  const taps = engine.plan.tapsOf(region);
  engine.checkCancelled();
  for (const [i, step] of plan.steps.entries()) {
    engine.checkCancelled();
    if (step.kind === "gate") {
      if (evaluate(step.condition, frame) === 0) return false;
      continue;
    }
    await runStep(engine, step, frame);
    for (const value of frame.tensors.keys())
      if (!region.locals.has(value) && (plan.lastUse.get(value) ?? i) <= i) drop(frame, value);
  }
  await engine.observe(engine, taps, frame);
  return true;
}

/**
 * Whether a while zone's condition holds in `frame`, which is before an iteration; null where that cannot be
 * told without drawing noise or evaluating a network.
 */
export async function holdsCondition(
  engine: Engine,
  region: Region,
  frame: LiveFrame,
): Promise<boolean | null> {
  const { steps } = engine.plan.of(region);
  const gate = steps.find((step) => step.kind === "gate");
  if (gate === undefined) return null;
  const before = steps.slice(0, steps.indexOf(gate));
  const isCheap = (step: Step) =>
    step.kind === "segment"
      ? step.nfe === 0 && step.vjpCalls === 0
      : step.kind === "readback" || step.kind === "upload" || step.kind === "let";
  if (!before.every(isCheap)) return null;
  for (const step of before) await runStep(engine, step as Exclude<Step, Gate>, frame);
  return evaluate(gate.condition, frame) !== 0;
}

async function runStep(engine: Engine, step: Exclude<Step, Gate>, frame: LiveFrame): Promise<void> {
  switch (step.kind) {
    case "segment":
      return runSegment(engine, step, frame);
    case "upload":
      return put(frame, step.value, hold(await engine.backend.place(step.data)));
    case "draw":
      return runDraw(engine, step, frame);
    case "call":
      return runCall(engine, step, frame);
    case "loop":
      return engine.runLoop(engine, step, frame);
    case "if":
      return runIf(engine, step, frame);
    case "readback":
      return runReadback(engine, step, frame);
    case "let":
      frame.values.set(step.host, evaluate(step.value, frame));
      return;
  }
}

async function runSegment(engine: Engine, segment: Segment, frame: LiveFrame): Promise<void> {
  const inputs: DeviceTensor[] = segment.tensors.map((value) => get(frame, value).tensor);
  const outputs = await withTemporary(async (own) => {
    for (const { feed } of segment.feeds) own.push(engine.backend.upload(feedTensor(feed, frame)));
    if (segment.scalars.length > 0) own.push(packScalars(engine, segment.scalars, [frame]));
    return runProgram(engine, segment, [...inputs, ...own]);
  });
  segment.outputs.forEach((value, i) => put(frame, value, hold(outputs[i] as DeviceTensor)));
  engine.counts.nfe += segment.nfe;
  engine.counts.vjpCalls += segment.vjpCalls;
}

/** Runs `work` with a list for the tensors it makes for itself; they are freed however it ends. */
export async function withTemporary<T>(work: (own: DeviceTensor[]) => Promise<T>): Promise<T> {
  const own: DeviceTensor[] = [];
  try {
    return await work(own);
  } finally {
    own.forEach((tensor) => tensor.dispose());
  }
}

/** Host scalars, evaluated in each frame in turn, as one float32 vector. */
export function packScalars(
  engine: Engine,
  scalars: readonly Host<number>[],
  frames: readonly LiveFrame[],
): DeviceTensor {
  const data = Float32Array.from(
    frames.flatMap((frame) => scalars.map((host) => evaluate(host, frame))),
  );
  return engine.backend.upload({ dtype: "float32", shape: [data.length], data });
}

/** Runs a program on positional inputs. */
export async function runProgram(
  engine: Engine,
  { program, nfe }: { readonly program: Segment["program"]; readonly nfe?: number },
  inputs: readonly DeviceTensor[],
): Promise<readonly DeviceTensor[]> {
  engine.checkCancelled();
  const session = await engine.sessions.program(program);
  const feeds = Object.fromEntries(inputs.map((tensor, i) => [`i${i}`, tensor]));
  const outputs = await timed(engine, nfe === undefined || nfe === 0 ? "steps" : "networks", () =>
    session.run(feeds),
  );
  return program.outputs.map((_, i) => outputs[`o${i}`] as DeviceTensor);
}

async function timed<T>(
  engine: Engine,
  what: keyof Engine["spent"],
  work: () => T | Promise<T>,
): Promise<T> {
  const from = engine.clock();
  const result = await work();
  engine.spent[what] += engine.clock() - from;
  return result;
}

function feedTensor({ host, dtype, shape }: HostFeed, frame: LiveFrame): TensorData {
  const value = evaluate(host, frame);
  const size = sizeOf(shape);
  switch (dtype) {
    case "float32":
      return { dtype, shape, data: new Float32Array(size).fill(value) };
    case "float64":
      return { dtype, shape, data: new Float64Array(size).fill(value) };
    case "int32":
      return { dtype, shape, data: new Int32Array(size).fill(Math.round(value)) };
    case "int64":
      return { dtype, shape, data: new BigInt64Array(size).fill(BigInt(Math.round(value))) };
  }
}

/** The samples that a draw is made for; those of one signal share what is drawn for the first. */
export function samplesOf({ samples, plan }: Engine, { perSignal }: Draw): readonly number[] {
  return perSignal && plan.compiled.oneSignal ? samples.map(() => 0) : samples;
}

/** The noise of one draw in `frame`. */
export async function drawNoise(
  engine: Engine,
  draw: Draw,
  frame: LiveFrame,
): Promise<TensorData & { readonly dtype: "float32" }> {
  const { stream, output, at = [] } = draw;
  const data = await timed(engine, "noise", () =>
    engine.noise.draw({
      stream,
      shape: output.shape,
      indices: [...frame.indices, ...at],
      samples: samplesOf(engine, draw),
    }),
  );
  return { dtype: "float32", shape: output.shape, data };
}

async function runDraw(engine: Engine, draw: Draw, frame: LiveFrame): Promise<void> {
  const noise = await drawNoise(engine, draw, frame);
  put(frame, draw.output, hold(engine.backend.upload(noise)));
}

async function runCall(engine: Engine, call: Call, frame: LiveFrame): Promise<void> {
  const session = await engine.sessions.network(call.model, shapesOf(call));
  const outputs = await withTemporary((own) => {
    const feeds: Record<string, DeviceTensor> = {};
    for (const [name, feed] of Object.entries(call.feeds)) {
      if (isValue(feed)) feeds[name] = get(frame, feed).tensor;
      else own.push((feeds[name] = engine.backend.upload(feedTensor(feed, frame))));
    }
    return timed(engine, "networks", () => runLocated(session, feeds, call));
  });
  call.outputs.forEach((value, i) => {
    const output = outputs[call.outputNames[i] ?? ""];
    if (output !== undefined) put(frame, value, hold(output));
  });
  engine.counts.nfe += 1;
}

const shapesOf = ({ feeds }: Call) =>
  Object.fromEntries(Object.entries(feeds).map(([name, { shape }]) => [name, shape]));

async function runLocated(
  session: Session,
  feeds: Readonly<Record<string, DeviceTensor>>,
  call: Call,
) {
  try {
    return await session.run(feeds);
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    const issues = error.issues.map((issue) => ({
      ...issue,
      at: { ...issue.at, node: call.origin },
    }));
    throw new IssueError(issues, { cause: error });
  }
}

async function runIf(engine: Engine, node: If, frame: LiveFrame): Promise<void> {
  const taken = evaluate(node.condition, frame) === 0 ? node.otherwise : node.then;
  const inner = newLiveFrame(taken.body.scope, frame);
  try {
    await runRegion(engine, taken.body, inner);
    node.outputs.forEach((output, i) =>
      assign(frame, output, read(inner, taken.results[i] as Carried)),
    );
  } finally {
    dropAll(inner);
  }
}

async function runReadback(
  engine: Engine,
  { value, host }: Readback,
  frame: LiveFrame,
): Promise<void> {
  const { data } = await engine.backend.download(get(frame, value).tensor);
  frame.values.set(host, Number(data[0]));
}

/** A temporary tensor's values on the host. */
export async function downloadValue(
  engine: Engine,
  frame: LiveFrame,
  value: Value,
): Promise<TensorData> {
  return engine.backend.download(get(frame, value).tensor);
}
