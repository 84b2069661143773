import type { Backend } from "./backend.ts";
import type { RunControl } from "./control.ts";
import type { Checkpoint } from "./events.ts";
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
  /** Outermost iterations between two checkpoint events, and one wherever the run is held; default: none. */
  readonly checkpointEvery?: number;
}
