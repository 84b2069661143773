import { chunkLength, unrollLoop, type Chunk } from "../compile/unroll.ts";
import type { Carried, Loop, LoopState } from "../compile/region.ts";
import type { RegionPlan } from "../compile/plan.ts";
import { evaluate } from "../trace/host.ts";
import {
  assign,
  drawNoise,
  holdsCondition,
  packScalars,
  read,
  runProgram,
  runRegion,
  samplesOf,
  withTemporary,
  type Carry,
  type Engine,
} from "./engine.ts";
import { hold, release, retain } from "./held.ts";
import { dropAll, get, newLiveFrame, type LiveFrame } from "./live-frame.ts";

/** What a loop carries between iterations: of each state the current value, then earlier ones. */
export interface LoopProgress {
  next: number;
  /** Nothing is left to do, whatever the count. */
  done: boolean;
  states: (readonly Carry[])[];
  readonly scans: unknown[][];
}

/** Watches the iterations of outermost loops. */
export interface LoopHooks {
  /** The progress to begin with instead of the inits. */
  readonly resume: (loop: Loop) => Promise<LoopProgress | undefined>;
  /** `frame` holds the loop. */
  readonly before: (loop: Loop, frame: LiveFrame, progress: LoopProgress) => Promise<void>;
  /** After the body's steps, while its frame is alive; throws when an iteration is broken. */
  readonly after: (loop: Loop, iteration: Iteration) => Promise<void>;
  readonly ended: (loop: Loop, progress: LoopProgress) => Promise<void>;
  /** What to throw for an error: an earlier iteration may turn out to be broken too. */
  readonly failed: (error: unknown) => Promise<unknown>;
  readonly scanned: (engine: Engine, item: Scanned) => Promise<unknown>;
  /** A while zone ended by its limit, and its condition still holds; once a loop. */
  readonly limited: (loop: Loop, count: number) => void;
}

/** One iteration that has just ended. */
export interface Iteration {
  readonly frame: LiveFrame;
  readonly before: LoopProgress;
  readonly after: LoopProgress;
  readonly count: number;
  /** No other iteration follows, for all that is known. */
  readonly last: boolean;
}

export interface Scanned {
  readonly loop: Loop;
  readonly name: string;
  readonly frame: LiveFrame;
  readonly carry: Carry;
}

/** Runs a loop of the plan to its end and leaves its finals in `frame`. */
export function loopRunner(hooks: LoopHooks): Engine["runLoop"] {
  const limited = new Set<Loop>();
  return async (engine, loop, frame) => {
    const count = evaluate(loop.count, frame);
    const progress = await begin(loop, frame, hooks);
    try {
      const limits = { frame, progress, count };
      while (!progress.done && progress.next < count)
        if (!(await runChunk(engine, loop, limits))) await iterate(engine, loop, hooks, limits);
      if (!limited.has(loop) && (await isLimited(engine, loop, limits))) {
        limited.add(loop);
        hooks.limited(loop, count);
      }
      if (loop.outermost) await hooks.ended(loop, progress);
      finish(loop, frame, progress);
    } catch (error) {
      throw loop.outermost ? await hooks.failed(error) : error;
    } finally {
      eachHeld(progress.states, release);
    }
  };
}

interface Running {
  readonly frame: LiveFrame;
  readonly progress: LoopProgress;
  readonly count: number;
}

/** Whether the loop would go on if its limit were higher. */
async function isLimited(
  engine: Engine,
  loop: Loop,
  { frame, progress }: Running,
): Promise<boolean> {
  if (loop.condition === undefined || progress.done) return false;
  const inner = enter(loop, frame, progress);
  try {
    return (await holdsCondition(engine, loop.body, inner)) === true;
  } finally {
    dropAll(inner);
  }
}

/** One iteration of the body, or none where a while zone's condition ends the loop. */
async function iterate(
  engine: Engine,
  loop: Loop,
  hooks: LoopHooks,
  { frame, progress, count }: Running,
): Promise<void> {
  if (loop.outermost) await hooks.before(loop, frame, progress);
  const inner = enter(loop, frame, progress);
  try {
    prefetchNext(engine, loop, inner, count);
    if (!(await runRegion(engine, loop.body, inner))) {
      progress.done = true;
      return;
    }
    const states = loop.states.map((state, s) =>
      shift(state, progress.states[s] ?? [], read(inner, state.next)),
    );
    for (const [s, { name, item }] of loop.scans.entries()) {
      const scanned = { loop, name, frame: inner, carry: read(inner, item) };
      progress.scans[s]?.push(await hooks.scanned(engine, scanned));
    }
    const done = loop.stop !== undefined && evaluate(loop.stop, inner) !== 0;
    const after = { ...progress, next: progress.next + 1, done, states };
    const last = done || after.next === count;
    if (loop.outermost)
      await hooks.after(loop, { frame: inner, before: progress, after, count, last });
    replaceStates(progress, states);
    progress.next = after.next;
    progress.done = done;
  } finally {
    dropAll(inner);
  }
}

async function begin(loop: Loop, frame: LiveFrame, hooks: LoopHooks): Promise<LoopProgress> {
  const resumed = loop.outermost ? await hooks.resume(loop) : undefined;
  const progress = resumed ?? {
    next: 0,
    done: false,
    states: loop.states.map(({ init, current }) => current.map(() => read(frame, init))),
    scans: loop.scans.map(() => []),
  };
  eachHeld(progress.states, retain);
  return progress;
}

export function eachHeld(
  states: readonly (readonly Carry[])[],
  act: (held: ReturnType<typeof hold>) => unknown,
): void {
  for (const state of states) for (const carry of state) if (carry.on === "device") act(carry.held);
}

/** A frame of the next iteration, its counter and states set. */
export function enter(loop: Loop, frame: LiveFrame, { next, states }: LoopProgress): LiveFrame {
  const inner = newLiveFrame(loop.body.scope, frame, next);
  inner.values.set(loop.counter, next);
  loop.states.forEach(({ current }, s) =>
    current.forEach((carried: Carried, age) =>
      assign(inner, carried, (states[s] ?? [])[age] as Carry),
    ),
  );
  return inner;
}

function shift(state: LoopState, before: readonly Carry[], next: Carry): readonly Carry[] {
  return [next, ...before].slice(0, state.current.length);
}

function replaceStates(progress: LoopProgress, states: (readonly Carry[])[]): void {
  eachHeld(states, retain);
  eachHeld(progress.states, release);
  progress.states = states;
}

function finish(loop: Loop, frame: LiveFrame, progress: LoopProgress): void {
  loop.states.forEach(({ final }, s) =>
    assign(frame, final, (progress.states[s] ?? [])[0] as Carry),
  );
  loop.scans.forEach(({ list }, s) => frame.values.set(list, progress.scans[s] ?? []));
}

/** Says what the next iteration will draw, so that it is made while this one computes. */
function prefetchNext(engine: Engine, loop: Loop, inner: LiveFrame, count: number): void {
  const k = inner.indices.at(-1) ?? 0;
  const here = k === 0 ? drawsOf(engine, loop, inner, inner.indices) : [];
  const next =
    k + 1 < count ? drawsOf(engine, loop, inner, [...inner.indices.slice(0, -1), k + 1]) : [];
  engine.noise.prefetch([...here, ...next]);
}

const mostPrefetched = 64;

function drawsOf(
  engine: Engine,
  loop: Loop,
  frame: LiveFrame,
  indices: readonly number[],
): Parameters<Engine["noise"]["prefetch"]>[0][number][] {
  return engine.plan.of(loop.body).steps.flatMap((step) => {
    if (step.kind === "draw")
      return [
        {
          stream: step.stream,
          shape: step.output.shape,
          indices: [...indices, ...(step.at ?? [])],
          samples: samplesOf(engine, step),
        },
      ];
    if (step.kind !== "loop") return [];
    const count = countIfKnown(step, frame);
    return Array.from({ length: Math.min(count, mostPrefetched) }, (_, j) =>
      drawsOf(engine, step, frame, [...indices, j]),
    ).flat();
  });
}

/** An inner loop's count, where the frame already knows it; a wrong or missing guess only costs time. */
function countIfKnown(loop: Loop, frame: LiveFrame): number {
  try {
    return evaluate(loop.count, frame);
  } catch {
    return 0;
  }
}

const chunks = new WeakMap<RegionPlan, Map<number, Chunk | null>>();

function chunkOf(loop: Loop, plan: RegionPlan, iterations: number): Chunk | null {
  const known = chunks.get(plan) ?? new Map<number, Chunk | null>();
  chunks.set(plan, known);
  const chunk = known.get(iterations);
  if (chunk !== undefined) return chunk;
  const made = unrollLoop(loop, plan, iterations);
  known.set(iterations, made);
  return made;
}

/** Runs several iterations as one step function where the loop allows it; false where it does not. */
async function runChunk(
  engine: Engine,
  loop: Loop,
  { frame, progress, count }: Running,
): Promise<boolean> {
  const plan = engine.plan.of(loop.body);
  if (engine.plan.tapsOf(loop.body).length > 0) return false;
  const iterations = chunkLength(plan);
  if (iterations < 2) return false;
  const chunk = chunkOf(loop, plan, iterations);
  if (chunk === null) return false;
  // Both sizes at once: another count then compiles nothing.
  if (progress.next === 0)
    for (const { program } of [chunk, chunk.segment]) await engine.sessions.program(program);
  if (count - progress.next < iterations) return false;
  const frames = Array.from({ length: iterations }, (_, i) => {
    const inner = newLiveFrame(loop.body.scope, frame, progress.next + i);
    inner.values.set(loop.counter, progress.next + i);
    return inner;
  });
  const captured = chunk.captured.map((value) => get(frame, value).tensor);
  const current = progress.states.flatMap(([now]) =>
    now?.on === "device" ? [now.held.tensor] : [],
  );
  const noise: Awaited<ReturnType<typeof drawNoise>>[] = [];
  const outputs = await withTemporary(async (own) => {
    for (const inner of frames)
      for (const draw of chunk.draws) noise.push(await drawNoise(engine, draw, inner));
    for (const drawn of noise) own.push(engine.backend.upload(drawn));
    if (chunk.segment.scalars.length > 0)
      own.push(packScalars(engine, chunk.segment.scalars, frames));
    return runProgram(engine, { ...chunk, nfe: chunk.segment.nfe }, [
      ...captured,
      ...current,
      ...own,
    ]);
  });
  for (const { data } of noise) engine.noise.recycle?.(data);
  replaceStates(
    progress,
    outputs.map((tensor) => [{ on: "device", held: hold(tensor) }]),
  );
  engine.counts.nfe += chunk.segment.nfe * iterations;
  engine.counts.vjpCalls += chunk.segment.vjpCalls * iterations;
  progress.next += iterations;
  return true;
}
