/** Lets a watcher hold a run between two iterations, or end it. */
export interface RunControl {
  pause(): void;
  resume(): void;
  /** Runs one outermost iteration, then pauses. */
  step(): void;
  /** Wires to tap from the next iteration on. */
  setProbes(wires: readonly string[]): void;
  readonly probes: () => readonly string[];
  /** Outermost iterations between two checkpoint events from now on. */
  setCheckpointEvery(every: number): void;
  /** Null: as the run's options say. */
  readonly checkpointEvery: () => number | null;
  /** For the runner: whether the next iteration would wait at the gate. */
  readonly isHeld: () => boolean;
  /** For the runner: resolves when the next iteration may begin. */
  readonly gate: () => Promise<void>;
}

export function createRunControl(probes: readonly string[] = []): RunControl {
  let paused = false;
  let steps = 0;
  let wires = probes;
  let checkpointEvery: number | null = null;
  let wake: (() => void) | null = null;
  const isHeld = () => paused && steps === 0;
  const open = () => {
    wake?.();
    wake = null;
  };
  return {
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      open();
    },
    step() {
      paused = true;
      steps += 1;
      open();
    },
    setProbes(next) {
      wires = next;
    },
    probes: () => wires,
    setCheckpointEvery(every) {
      checkpointEvery = every;
    },
    checkpointEvery: () => checkpointEvery,
    isHeld,
    async gate() {
      while (isHeld())
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (steps > 0) steps -= 1;
    },
  };
}
