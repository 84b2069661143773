import type { StoreApi } from "zustand/vanilla";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { BackendId } from "../../runtime/execute/backend.ts";
import type {
  FrameSummary,
  OutputSummary,
  PauseReason,
} from "../../runtime/protocol/studio/messages.ts";
import type { Breakpoint } from "../../runtime/protocol/studio/requests.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Message } from "../document/history.ts";
import type { Metrics } from "../../runtime/protocol/score/measure.ts";
import type { EngineLink } from "./link.ts";
import type { ServerState } from "./steady-socket.ts";

export type { FrameSummary } from "../../runtime/protocol/studio/messages.ts";
export type { Breakpoint } from "../../runtime/protocol/studio/requests.ts";

/** A wire as probes name it: `anneal/denoise.x0`; an output as `=x0`. */
export type WireName = string;

export type RunPhase = "idle" | "starting" | "running" | "paused" | "done" | "failed" | "cancelled";

/** How far an outermost zone has come. */
export interface ZoneProgress {
  /** Iterations that are done. */
  readonly iteration: number;
  readonly count: number;
}

/** An outermost iteration that was done: where it stands on each axis of the timeline. */
export interface StepMade {
  readonly zone: string;
  readonly iteration: number;
  /** Since the run began, as are gradients through networks, and the time. */
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly ms: number;
  /** Null where the zone has no noise level. */
  readonly sigma: number | null;
}

/** All frames of a wire, in order: the iteration (outermost zone first) and its summary. */
export interface FrameTrack {
  readonly wire: WireName;
  readonly frames: readonly {
    readonly iteration: readonly number[];
    readonly summary: FrameSummary;
  }[];
}

/** How much of a file has come. */
export interface Loading {
  readonly file: string;
  readonly bytes: number;
  readonly total: number | null;
}

/** What the engine has told of the run. */
export interface RunProgress {
  readonly phase: RunPhase;
  /** What the engine said it runs on, and why. */
  readonly chosen: string | null;
  readonly loading: Loading | null;
  readonly zones: Readonly<Record<string, ZoneProgress>>;
  /** Outermost zones that were not run: nothing that they are made from differs from the run before. */
  readonly kept: readonly string[];
  /** By zone, iterations before which the whole state is kept. */
  readonly keyframes: Readonly<Record<string, readonly number[]>>;
  readonly steps: readonly StepMade[];
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly elapsedMs: number;
  /** Of the zone that goes on, at its present speed; null while nobody knows. */
  readonly remainingMs: number | null;
  readonly tracks: Readonly<Record<WireName, FrameTrack>>;
  /** Why it stands still, where it does. */
  readonly pausedBy: PauseReason | null;
  readonly outputs: Readonly<Record<string, OutputSummary>>;
  /** Of the tensors of the run, by their names: of wires, and of inputs (`@measurement`). */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** What the engine's process held at most; null where nobody can tell. */
  readonly peakMemoryBytes: number | null;
  /** Scalar outputs and metrics, by name, when the run is done. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly issues: readonly Issue[];
}

export interface RunScores {
  readonly restored: Metrics;
  /** What the measurement gives without a prior. */
  readonly baseline: Metrics | null;
}

export type Backend = "auto" | BackendId;

/** What the next run is asked for, besides the document. */
export interface RunSettings {
  readonly where: EngineLink["where"];
  readonly backend: Backend;
}

/** A run that ended with the page it was shown on: the step it was in, from 1, of how many; null before the first. */
export interface Interrupted {
  readonly step: number | null;
  readonly count: number | null;
}

/** Where a run went on from another: what came before is the other's. */
export interface Fork {
  /** The run that it left. */
  readonly run: number;
  readonly zone: string;
  /** Its own first iteration. */
  readonly iteration: number;
  /** Outermost zones that had ended before. */
  readonly ended: readonly string[];
  /** Where the run that it left had gone on from. */
  readonly from: Fork | null;
}

export interface RunState extends RunProgress, RunSettings {
  /** Places that runs can be sent to. */
  readonly places: readonly EngineLink["where"][];
  /** The way to the server; null until something was sent there. */
  readonly connection: ServerState | null;
  /** The number of the run that is shown; null before the first. */
  readonly run: number | null;
  /** What was run; null before the first. */
  readonly ran: Document | null;
  /** Of a run that goes on from another: where. */
  readonly from: Fork | null;
  /** By output (`=x0`), the wire that becomes it: looking at the output before the end is looking at that. */
  readonly leads: Readonly<Record<WireName, WireName>>;
  /** The iteration that all previews show; null: the newest. */
  readonly at: readonly number[] | null;
  /** The outermost zone that `at` counts; null: the one that ran last. */
  readonly atZone: string | null;
  /** True while what would be run differs from what was. */
  readonly stale: boolean;
  readonly staleWhy: Message | null;
  /** The run of this document that the page was loaded again in the middle of, until another is started. */
  readonly interrupted: Interrupted | null;
}

export interface RunActions {
  /** Starts, or starts anew; a run that goes on is cancelled first. */
  start(): void;
  pause(): void;
  resume(): void;
  /** One iteration of the outermost zone, then a pause; starts a run where there is none. */
  step(): void;
  cancel(): void;
  /** Goes on, or starts, until a place comes up for the first time. */
  runTo(place: Omit<Breakpoint, "id">): void;
  /** Goes on from an iteration of this run with the document's present numbers. */
  fork(zone: string, iteration: number): void;
  setBackend(backend: Backend): void;
  /** Tries at once to reach a server that is lost. */
  reconnect(): void;
  setWhere(where: EngineLink["where"]): void;
  /** Moves the scrubber; null follows the newest. */
  scrub(at: readonly number[] | null, zone?: string): void;
  /** The frame of a wire nearest before `at` (or the newest); null where there is none yet. */
  frame(wire: WireName, at: readonly number[] | null): Promise<TensorData | null>;
  /** Computes one iteration again and gives the frames that any wires have in it. */
  inspect(
    wires: readonly WireName[],
    at: readonly number[],
    zone?: string,
  ): Promise<ReadonlyMap<WireName, TensorData>>;
  /** How good the result of the run is that is done, beside the truth; null where there is nothing to say. */
  score(): Promise<RunScores | null>;
  /** Calls back with each frame that `state.at` asks for; returns how to stop. */
  watch(wire: WireName, show: (frame: TensorData) => void): () => void;
}

export type RunStore = StoreApi<RunState> & { readonly actions: RunActions };
