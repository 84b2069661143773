import type { Loop, LoopState } from "../compile/region.ts";
import { evaluate } from "../trace/host.ts";
import { assign, read, type Carry } from "./carry.ts";
import { holdsCondition, runRegion, type Engine } from "./engine.ts";
import { release, retain } from "./held.ts";
import { dropAll, type LiveFrame } from "./live-frame.ts";
import {
  eachHeld,
  enter,
  replaceStates,
  type LoopProgress,
  type Running,
} from "./loop-progress.ts";
import { prefetchNext } from "./prefetch-draws.ts";
import { runChunk } from "./run-chunk.ts";

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
      while (!progress.done && progress.next < count) {
        const breath = engine.breathe();
        if (breath !== undefined) await breath;
        if (!(await runChunk(engine, loop, limits))) await iterate(engine, loop, hooks, limits);
      }
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

function shift(state: LoopState, before: readonly Carry[], next: Carry): readonly Carry[] {
  return [next, ...before].slice(0, state.current.length);
}

function finish(loop: Loop, frame: LiveFrame, progress: LoopProgress): void {
  loop.states.forEach(({ final }, s) =>
    assign(frame, final, (progress.states[s] ?? [])[0] as Carry),
  );
  loop.scans.forEach(({ list }, s) => frame.values.set(list, progress.scans[s] ?? []));
}
