import type { Issue } from "../base/issue.ts";
import type { BackendId } from "./backend.ts";
import type { TensorData } from "../tensor/tensor.ts";

/** What an output or a collected value is when it leaves the engine. */
export type Result = TensorData | number | readonly Result[] | Readonly<Record<string, number>>;

/** What a run tells whoever watches it, in order. */
export type RunEvent =
  | {
      readonly type: "started";
      readonly backend: BackendId;
      readonly chosen: string;
      readonly setUpMs: number;
      /** As `Compiled` has them. */
      readonly shapes: Readonly<Record<string, readonly number[]>>;
    }
  /** An outermost iteration has ended. */
  | {
      readonly type: "step";
      readonly zone: string;
      readonly iteration: number;
      readonly count: number;
      /** Since the run began, what a checkpoint had counted included. */
      readonly nfe: number;
      readonly vjpCalls: number;
      readonly ms: number;
      /** Of the level that the iteration stood at, where the zone visits levels. */
      readonly sigma?: number;
    }
  | {
      readonly type: "probe";
      readonly wire: string;
      readonly iteration: readonly number[];
      readonly tensor: TensorData;
    }
  | {
      readonly type: "scan";
      readonly name: string;
      readonly iteration: readonly number[];
      readonly value: Result;
    }
  /** An output as it stands after an iteration of a zone; one made before the zone has none, and is told once. */
  | {
      readonly type: "preview";
      readonly output: string;
      readonly iteration: readonly number[];
      readonly tensor: TensorData;
    }
  | { readonly type: "warning"; readonly issue: Issue }
  /** A zone was not run: it has ended as `RunOptions.ended` says. */
  | { readonly type: "kept"; readonly zone: string }
  /** Of a run that makes checkpoints: how an outermost zone ended. */
  | { readonly type: "ended"; readonly zone: string; readonly end: LoopCheckpoint }
  | { readonly type: "checkpoint"; readonly checkpoint: Checkpoint }
  /** A run that makes checkpoints waits to go on; `iteration` is the one to come. */
  | { readonly type: "held"; readonly zone: string; readonly iteration: number }
  | {
      readonly type: "done";
      readonly outputs: Readonly<Record<string, Result>>;
      readonly nfe: number;
      readonly vjpCalls: number;
      readonly timings: Timings;
      /** The most that the engine's process has held since it began, where its host can tell. */
      readonly peakMemoryBytes?: number;
    };

/** Milliseconds. `networks` and `steps` are spent in sessions, `noise` waiting for random numbers. */
export interface Timings {
  readonly total: number;
  readonly sessions: number;
  readonly networks: number;
  readonly steps: number;
  readonly noise: number;
}

/**
 * Where a run stands after an outermost iteration: enough to go on to the same bits. A run whose values become
 * infinite or not a number tells where it stood before that, asked or not.
 */
export interface Checkpoint {
  readonly version: 2;
  readonly seed: number;
  /** Sample ids, one a row of the batch. */
  readonly samples: readonly number[];
  /** Every number that a run may change, by `node.param`. */
  readonly params: Readonly<Record<string, number>>;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly noise: Readonly<Record<string, number>>;
  /** By zone path: the next iteration, and the states (history included) it begins with. */
  readonly loops: Readonly<Record<string, LoopCheckpoint>>;
}

export interface LoopCheckpoint {
  readonly next: number;
  readonly done: boolean;
  /** By the state's name: its value, then those one and two iterations before, as far as the zone keeps them. */
  readonly states: Readonly<Record<string, readonly unknown[]>>;
  readonly scans: readonly (readonly unknown[])[];
  /** Where the noise stood, and what had been counted since the run began. */
  readonly noise: Readonly<Record<string, number>>;
  readonly nfe: number;
  readonly vjpCalls: number;
}
