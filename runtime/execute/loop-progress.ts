import type { Carried, Loop } from "../compile/region.ts";
import { assign, type Carry } from "./carry.ts";
import { release, retain, type Held } from "./held.ts";
import { newLiveFrame, type LiveFrame } from "./live-frame.ts";

/** What a loop carries between iterations: of each state the current value, then earlier ones. */
export interface LoopProgress {
  next: number;
  /** Nothing is left to do, whatever the count. */
  done: boolean;
  states: (readonly Carry[])[];
  readonly scans: unknown[][];
}

/** A loop under way. */
export interface Running {
  readonly frame: LiveFrame;
  readonly progress: LoopProgress;
  readonly count: number;
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

export function eachHeld(
  states: readonly (readonly Carry[])[],
  act: (held: Held) => unknown,
): void {
  for (const state of states) for (const carry of state) if (carry.on === "device") act(carry.held);
}

export function replaceStates(progress: LoopProgress, states: (readonly Carry[])[]): void {
  eachHeld(states, retain);
  eachHeld(progress.states, release);
  progress.states = states;
}
