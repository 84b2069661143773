import { chunkLength, unrollLoop, type Chunk } from "../compile/unroll.ts";
import type { Carried, Loop, LoopState } from "../compile/region.ts";
import type { RegionPlan } from "../compile/plan.ts";
import { evaluate } from "../trace/host.ts";
import type { DeviceTensor } from "./backend.ts";
import {
  assign, drawTensor, packScalars, read, runProgram, runRegion, type Carry, type Engine,
} from "./engine.ts";
import { hold, release, retain } from "./held.ts";
import { dropAll, get, newLiveFrame, type LiveFrame } from "./live-frame.ts";

/** What a loop carries between iterations: of each state the current value, then earlier ones. */
export interface LoopProgress {
  next: number;
  states: (readonly Carry[])[];
  readonly scans: unknown[][];
}

/** Watches the iterations of outermost loops. */
export interface LoopHooks {
  /** The progress to begin with instead of the inits. */
  readonly resume: (loop: Loop) => LoopProgress | undefined;
  readonly before: (loop: Loop, progress: LoopProgress) => Promise<void>;
  /** After the body's steps, while its frame is alive; may replace a broken iteration's error. */
  readonly after: (loop: Loop, frame: LiveFrame, progress: LoopProgress, count: number) => Promise<void>;
  readonly ended: (loop: Loop, progress: LoopProgress) => Promise<void>;
  readonly scanned: (loop: Loop, name: string, frame: LiveFrame, carry: Carry) => Promise<unknown>;
}

/** Runs a loop of the plan to its end and leaves its finals in `frame`. */
export function loopRunner(hooks: LoopHooks): Engine["runLoop"] {
  return async (engine, loop, frame) => {
    const count = Math.max(0, Math.round(evaluate(loop.count, frame)));
    const progress = begin(loop, frame, hooks);
    const outermost = loop.body.scope.depth === 1;
    while (progress.next < count) {
      if (await runChunk(engine, loop, { frame, progress, count })) continue;
      if (outermost) await hooks.before(loop, progress);
      const inner = enter(loop, frame, progress);
      if (loop.condition !== undefined && evaluate(loop.condition, inner) === 0) {
        dropAll(inner);
        break;
      }
      prefetchNext(engine, loop, inner, count);
      await runRegion(engine, loop.body, inner);
      await collect(loop, inner, progress, hooks);
      const states = loop.states.map((state, s) => shift(state, progress.states[s] ?? [], read(inner, state.next)));
      const stopped = loop.stop !== undefined && evaluate(loop.stop, inner) !== 0;
      if (outermost) await hooks.after(loop, inner, { ...progress, states, next: progress.next + 1 }, count);
      replaceStates(progress, states);
      dropAll(inner);
      progress.next += 1;
      if (stopped) break;
    }
    if (outermost) await hooks.ended(loop, progress);
    finish(loop, frame, progress);
  };
}

function begin(loop: Loop, frame: LiveFrame, hooks: LoopHooks): LoopProgress {
  const resumed = loop.body.scope.depth === 1 ? hooks.resume(loop) : undefined;
  const progress = resumed ?? {
    next: 0,
    states: loop.states.map(({ init, current }) => current.map(() => read(frame, init))),
    scans: loop.scans.map(() => []),
  };
  eachHeld(progress.states, retain);
  return progress;
}

function eachHeld(states: readonly (readonly Carry[])[], act: (held: ReturnType<typeof hold>) => unknown): void {
  for (const state of states) for (const carry of state) if (carry.on === "device") act(carry.held);
}

/** A frame of the next iteration, its counter and states set. */
export function enter(loop: Loop, frame: LiveFrame, { next, states }: LoopProgress): LiveFrame {
  const inner = newLiveFrame(loop.body.scope, frame, next);
  inner.values.set(loop.counter, next);
  loop.states.forEach(({ current }, s) =>
    current.forEach((carried: Carried, age) => assign(inner, carried, (states[s] ?? [])[age] as Carry)),
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

async function collect(loop: Loop, inner: LiveFrame, progress: LoopProgress, hooks: LoopHooks): Promise<void> {
  for (const [s, scan] of loop.scans.entries())
    progress.scans[s]?.push(await hooks.scanned(loop, scan.name, inner, read(inner, scan.item)));
}

function finish(loop: Loop, frame: LiveFrame, progress: LoopProgress): void {
  loop.states.forEach(({ final }, s) => assign(frame, final, (progress.states[s] ?? [])[0] as Carry));
  loop.scans.forEach(({ list }, s) => frame.values.set(list, progress.scans[s] ?? []));
  eachHeld(progress.states, release);
}

/** Says what the next iteration will draw, so that it is made while this one computes. */
function prefetchNext(engine: Engine, loop: Loop, inner: LiveFrame, count: number): void {
  const k = inner.indices.at(-1) ?? 0;
  const here = k === 0 ? drawsOf(engine, loop, inner, inner.indices) : [];
  const next = k + 1 < count ? drawsOf(engine, loop, inner, [...inner.indices.slice(0, -1), k + 1]) : [];
  engine.noise.prefetch([...here, ...next]);
}

const mostPrefetched = 64;

function drawsOf(engine: Engine, loop: Loop, frame: LiveFrame, indices: readonly number[]): Parameters<Engine["noise"]["prefetch"]>[0][number][] {
  const { samples } = engine;
  return engine.plan.of(loop.body).steps.flatMap((step) => {
    if (step.kind === "draw") return [{ stream: step.stream, shape: step.output.shape, indices, samples }];
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
  { frame, progress, count }: { readonly frame: LiveFrame; readonly progress: LoopProgress; readonly count: number },
): Promise<boolean> {
  const plan = engine.plan.of(loop.body);
  if (engine.plan.tapsOf(loop.body).length > 0) return false;
  const iterations = chunkLength(plan, count);
  if (iterations < 2 || count - progress.next < iterations) return false;
  const chunk = chunkOf(loop, plan, iterations);
  if (chunk === null) return false;
  const frames = Array.from({ length: iterations }, (_, i) => {
    const inner = newLiveFrame(loop.body.scope, frame, progress.next + i);
    inner.values.set(loop.counter, progress.next + i);
    return inner;
  });
  const own: DeviceTensor[] = [];
  for (const inner of frames) for (const draw of chunk.draws) own.push(await drawTensor(engine, draw, inner));
  if (chunk.segment.scalars.length > 0) own.push(packScalars(engine, chunk.segment.scalars, frames));
  const captured = chunk.captured.map((value) => get(frame, value).tensor);
  const current = progress.states.map(([now]) => (now?.on === "device" ? now.held.tensor : null));
  const inputs = [...captured, ...current, ...own].filter((tensor) => tensor !== null);
  const outputs = await runProgram(engine, chunk, inputs);
  own.forEach((tensor) => tensor.dispose());
  replaceStates(progress, outputs.map((tensor) => [{ on: "device", held: hold(tensor) }]));
  engine.counts.nfe += chunk.segment.nfe * iterations;
  engine.counts.vjpCalls += chunk.segment.vjpCalls * iterations;
  progress.next += iterations;
  return true;
}
