import type { TensorData } from "../../tensor/tensor.ts";

/** A frame of a watched wire. */
export interface LiveFrame {
  readonly wire: string;
  readonly iteration: readonly number[];
  readonly tensor: TensorData;
}

/** Pushes the newest frames of the wires that somebody looks at, and no others. */
export interface LiveFeed {
  readonly wires: () => readonly string[];
  readonly watch: (wires: readonly string[]) => void;
  readonly offer: (frame: LiveFrame) => void;
  /** Pushes at once what waits. */
  readonly flush: () => void;
}

interface Surroundings {
  readonly push: (frame: LiveFrame) => void;
  readonly clock: () => number;
  readonly later: (work: () => void, ms: number) => () => void;
}

/** Between two frames of one wire. */
const everyMs = 1000 / 30;

export function createLiveFeed({ push, clock, later }: Surroundings): LiveFeed {
  let wires: ReadonlySet<string> = new Set();
  const waiting = new Map<string, LiveFrame>();
  const pushedAt = new Map<string, number>();
  let stopTimer: (() => void) | null = null;
  const send = (frame: LiveFrame): void => {
    waiting.delete(frame.wire);
    pushedAt.set(frame.wire, clock());
    push(frame);
  };
  const due = ({ wire }: LiveFrame): number =>
    (pushedAt.get(wire) ?? -Infinity) + everyMs - clock();
  const schedule = (): void => {
    if (stopTimer !== null || waiting.size === 0) return;
    const soonest = Math.min(...[...waiting.values()].map(due));
    stopTimer = later(
      () => {
        stopTimer = null;
        for (const frame of waiting.values()) if (due(frame) <= 0) send(frame);
        schedule();
      },
      Math.max(0, soonest),
    );
  };
  return {
    wires: () => [...wires],
    watch(next) {
      wires = new Set(next);
      for (const wire of waiting.keys()) if (!wires.has(wire)) waiting.delete(wire);
    },
    offer(frame) {
      if (!wires.has(frame.wire)) return;
      if (due(frame) <= 0) return send(frame);
      waiting.set(frame.wire, frame);
      schedule();
    },
    flush() {
      stopTimer?.();
      stopTimer = null;
      for (const frame of waiting.values()) send(frame);
    },
  };
}
