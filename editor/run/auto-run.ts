import type { RunState } from "./run-store.ts";

/** Runs again by itself where a run takes no longer than a person waits, so that a slider shows what it does. */
export interface AutoRun {
  /** What would be run has changed. */
  readonly changed: () => void;
  readonly ended: () => void;
}

interface Surroundings {
  readonly state: () => RunState;
  readonly start: () => void;
  readonly clock: () => number;
  readonly later: (work: () => void, ms: number) => void;
}

/** Runs that took longer wait for a person. */
const mostMs = 1500;

/** Between two starts, so that a slider that is being dragged shows something of each. */
const betweenMs = 100;

export function createAutoRun({ state, start, clock, later }: Surroundings): AutoRun {
  let startedAt = -Infinity;
  let isQuick = false;
  let isWaiting = false;
  const run = (): void => {
    isWaiting = false;
    if (!state().stale || state().phase === "paused") return;
    startedAt = clock();
    start();
  };
  return {
    changed() {
      if (!isQuick || isWaiting || state().phase === "paused") return;
      const wait = startedAt + betweenMs - clock();
      if (wait <= 0) return run();
      isWaiting = true;
      later(run, wait);
    },
    ended() {
      const { phase, elapsedMs } = state();
      if (phase === "done") isQuick = elapsedMs <= mostMs;
    },
  };
}
