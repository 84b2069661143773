import type { Backend } from "./backend.ts";
import type { RunControl } from "./control.ts";
import type { Checkpoint, LoopCheckpoint } from "./events.ts";
import type { NoiseSource } from "./noise/noise-source.ts";
import type { SessionCache } from "./session-cache.ts";

export interface RunOptions {
  readonly backend: Backend;
  readonly noise: NoiseSource;
  readonly seed: number;
  /** Milliseconds; `performance.now` where there is one. */
  readonly clock: () => number;
  /** Shared by runs of one backend, so that a second run compiles nothing. */
  readonly sessions?: SessionCache;
  /** Sample ids, one a row of the batch; default 0, 1, …. */
  readonly samples?: readonly number[];
  /** Scalar params that differ from the file, by `node.param`. */
  readonly params?: Readonly<Record<string, number>>;
  readonly control?: RunControl;
  /**
   * Lets the host hear what it was told meanwhile, where computing keeps it from that: called before the first
   * iteration, and every few milliseconds between iterations of any zone.
   */
  readonly breathe?: () => Promise<void>;
  readonly signal?: AbortSignal;
  readonly resume?: Checkpoint;
  /**
   * By path, outermost zones that an earlier run brought to their end, and would bring to the same end again: they
   * are not run, and count nothing. Whoever names them answers for that; one that does not fit the graph is run.
   * Not for noise from a tape.
   */
  readonly ended?: Readonly<Record<string, LoopCheckpoint>>;
  /** Outermost iterations between two checkpoint events, and one wherever the run is held; default: none. */
  readonly checkpointEvery?: number;
}
