import type { Issue } from "../../runtime/base/issue.ts";
import type { BackendId } from "../../runtime/execute/backend.ts";
import type { Result, Timings } from "../../runtime/execute/events.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { RunningEvent } from "../engine/engine-process.ts";

/** What a run has given up to some moment. */
export interface Outcome {
  readonly status: "done" | "interrupted" | "failed";
  /** Final values; where the run did not get to its end, the outputs as they last stood. */
  readonly outputs: Readonly<Record<string, Result>>;
  readonly backend: string | null;
  readonly chosen: string | null;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly timings: Timings | null;
  /** The most memory that the engine held; null where the run did not get to its end. */
  readonly peakMemoryBytes: number | null;
  /** Outermost iterations that were done, and how many there are. */
  readonly steps: { readonly done: number; readonly count: number };
  readonly scans: Readonly<Record<string, readonly Result[]>>;
  readonly probes: Readonly<Record<string, readonly TensorData[]>>;
  readonly warnings: readonly Issue[];
  /** Why it failed. */
  readonly issues: readonly Issue[];
}

/** Puts together what the events of a run tell. */
export interface Collector {
  readonly take: (event: RunningEvent) => void;
  readonly hasStarted: () => boolean;
  readonly soFar: () => SoFar;
  /** The backend's name, from `started` on. */
  readonly backend: () => BackendId | null;
  readonly outcome: (status: Outcome["status"], issues?: readonly Issue[]) => Outcome;
}

/** What a run had told before it was left: a resumed one tells only the rest. */
export interface SoFar {
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly scans: Readonly<Record<string, readonly Result[]>>;
  /** By zone: iterations that were done, and how many there are. */
  readonly steps: Readonly<Record<string, { readonly done: number; readonly count: number }>>;
}

interface Seen {
  readonly previews: Record<string, TensorData>;
  readonly scans: Record<string, Result[]>;
  readonly probes: Record<string, TensorData[]>;
  readonly warnings: Issue[];
  /** By zone. */
  readonly steps: Map<string, { readonly done: number; readonly count: number }>;
  started: Extract<RunningEvent, { type: "started" }> | null;
  done: Extract<RunningEvent, { type: "done" }> | null;
  nfe: number;
  vjpCalls: number;
}

/** @param before of a run that goes on. */
export function createCollector(before?: SoFar): Collector {
  const seen: Seen = {
    previews: {},
    scans: Object.fromEntries(
      Object.entries(before?.scans ?? {}).map(([name, values]) => [name, [...values]]),
    ),
    probes: {},
    warnings: [],
    steps: new Map(Object.entries(before?.steps ?? {})),
    started: null,
    done: null,
    nfe: before?.nfe ?? 0,
    vjpCalls: before?.vjpCalls ?? 0,
  };
  return {
    take: (event) => take(seen, event),
    hasStarted: () => seen.started !== null,
    soFar: () => ({
      nfe: seen.nfe,
      vjpCalls: seen.vjpCalls,
      scans: seen.scans,
      steps: Object.fromEntries(seen.steps),
    }),
    backend: () => seen.started?.backend ?? null,
    outcome: (status, issues = []) => outcomeOf(seen, status, issues),
  };
}

function take(seen: Seen, event: RunningEvent): void {
  switch (event.type) {
    case "started":
      seen.started = event;
      break;
    case "step":
      seen.nfe = event.nfe;
      seen.vjpCalls = event.vjpCalls;
      seen.steps.set(event.zone, { done: event.iteration + 1, count: event.count });
      break;
    case "preview":
      seen.previews[event.output] = event.tensor;
      break;
    case "scan":
      (seen.scans[event.name] ??= []).push(event.value);
      break;
    case "probe":
      (seen.probes[event.wire] ??= []).push(event.tensor);
      break;
    case "warning":
      seen.warnings.push(event.issue);
      break;
    case "done":
      seen.done = event;
      break;
    default:
      break;
  }
}

function outcomeOf(
  { previews, scans, probes, warnings, steps, started, done, nfe, vjpCalls }: Seen,
  status: Outcome["status"],
  issues: readonly Issue[],
): Outcome {
  const each = [...steps.values()];
  const ended = done ?? { outputs: previews, nfe, vjpCalls, timings: null };
  return {
    status,
    outputs: ended.outputs,
    backend: started?.backend ?? null,
    chosen: started?.chosen ?? null,
    nfe: ended.nfe,
    vjpCalls: ended.vjpCalls,
    timings: ended.timings,
    peakMemoryBytes: done?.peakMemoryBytes ?? null,
    steps: {
      done: each.reduce((sum, zone) => sum + zone.done, 0),
      count: each.reduce((sum, zone) => sum + zone.count, 0),
    },
    scans,
    probes,
    warnings,
    issues,
  };
}
