import type { StoreApi } from "zustand/vanilla";
import type { Issue } from "../../runtime/base/issue.ts";
import type { BackendId } from "../../runtime/execute/backend.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

/** A wire as probes name it: `anneal/denoise.x0`. */
export type WireName = string;

export type RunPhase = "idle" | "starting" | "running" | "paused" | "done" | "failed" | "cancelled";

/** How far a zone has come. */
export interface ZoneProgress {
  readonly iteration: number;
  readonly count: number;
}

/** What is told of a frame when it is made: enough for marks and curves, without its values. */
export interface FrameSummary {
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
}

/** All frames of a wire, in order: the iteration (outermost zone first) and its summary. */
export interface FrameTrack {
  readonly wire: WireName;
  readonly frames: readonly {
    readonly iteration: readonly number[];
    readonly summary: FrameSummary;
  }[];
}

export interface RunState {
  readonly phase: RunPhase;
  readonly backend: "auto" | BackendId;
  /** What the engine said it runs on, and why. */
  readonly chosen: string | null;
  readonly zones: Readonly<Record<string, ZoneProgress>>;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly elapsedMs: number;
  readonly tracks: Readonly<Record<WireName, FrameTrack>>;
  /** The iteration that all previews show; null: the newest. */
  readonly at: readonly number[] | null;
  /** Scalar outputs and metrics, by name, when the run is done. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly issues: readonly Issue[];
  /** True while the document differs from the one that was run. */
  readonly stale: boolean;
}

export interface RunActions {
  /** Starts, or starts anew; a run that goes on is cancelled first. */
  start(): void;
  pause(): void;
  resume(): void;
  /** One iteration of the outermost zone, then a pause; starts a run where there is none. */
  step(): void;
  cancel(): void;
  setBackend(backend: RunState["backend"]): void;
  /** Moves the scrubber; null follows the newest. */
  scrub(at: readonly number[] | null): void;
  /** The frame of a wire nearest before `at` (or the newest); null where there is none yet. */
  frame(wire: WireName, at: readonly number[] | null): Promise<TensorData | null>;
  /** Calls back with each frame that `state.at` asks for; returns how to stop. */
  watch(wire: WireName, show: (frame: TensorData) => void): () => void;
}

export type RunStore = StoreApi<RunState> & { readonly actions: RunActions };
