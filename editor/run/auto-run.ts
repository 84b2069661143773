import type { RunState } from "./run-store.ts";

/**
 * Runs again by itself, while the graph can be run, where a run takes no longer than a person waits, so that a slider shows what it does. A person who
 * looks back at an earlier step keeps the run that they look at: they may want to go on from there with the new numbers.
 */
export interface AutoRun {
  /** What would be run has changed. */
  readonly changed: () => void;
  readonly ended: () => void;
}

interface Surroundings {
  /** Whether nothing is known that keeps the graph from running. */
  readonly isSound: () => boolean;
  readonly state: () => RunState;
  readonly start: () => void;
  readonly clock: () => number;
  readonly later: (work: () => void, ms: number) => void;
}

/** How long a run takes that has all at hand: what loading and compiling took before its first step is no part of it. */
function warmMs({ steps, elapsedMs }: RunState): number {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || steps.length < 2) return elapsedMs;
  return ((last.ms - first.ms) * steps.length) / (steps.length - 1);
}

/** Runs that take longer wait for a person. */
const mostMs = 1500;

/** Between two starts, so that a slider that is being dragged shows something of each. */
const betweenMs = 100;

const looksBack = ({ at, atZone, steps }: RunState): boolean => {
  const last = steps.at(-1);
  if (at === null || last === undefined) return false;
  return (atZone ?? last.zone) !== last.zone || (at[0] ?? 0) < last.iteration;
};

export function createAutoRun({ isSound, state, start, clock, later }: Surroundings): AutoRun {
  let startedAt = -Infinity;
  let isQuick = false;
  let isWaiting = false;
  let turn = 0;
  const run = (): void => {
    isWaiting = false;
    turn += 1;
    if (!isSound() || !state().stale || state().phase === "paused" || looksBack(state())) return;
    startedAt = clock();
    start();
  };
  const runIn = (ms: number): void => {
    isWaiting = true;
    turn += 1;
    const mine = turn;
    later(() => {
      if (turn === mine) run();
    }, ms);
  };
  return {
    changed() {
      const { phase } = state();
      if (!isSound() || !isQuick || isWaiting || phase === "paused" || looksBack(state())) return;
      // A run that goes on is soon there; what it shows is worth more than its beginning again and again.
      const isGoing = phase === "starting" || phase === "running";
      const wait = isGoing ? mostMs : startedAt + betweenMs - clock();
      if (wait > 0) runIn(wait);
      else run();
    },
    ended() {
      const { phase, kept } = state();
      // How long a run takes is told by one of everything.
      if (phase === "done" && kept.length === 0) isQuick = warmMs(state()) <= mostMs;
      if (phase === "done" && isQuick && isWaiting)
        runIn(Math.max(0, startedAt + betweenMs - clock()));
    },
  };
}
