import type { Issue } from "../../runtime/base/issue.ts";
import type { Checkpoint, Result, Timings } from "../../runtime/execute/events.ts";
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
  readonly lastCheckpoint: () => Checkpoint | null;
  readonly outcome: (status: Outcome["status"], issues?: readonly Issue[]) => Outcome;
}

export function createCollector(): Collector {
  const previews: Record<string, TensorData> = {};
  const scans: Record<string, Result[]> = {};
  const probes: Record<string, TensorData[]> = {};
  const warnings: Issue[] = [];
  const steps = new Map<string, { done: number; count: number }>();
  let started: Extract<RunningEvent, { type: "started" }> | null = null;
  let done: Extract<RunningEvent, { type: "done" }> | null = null;
  let checkpoint: Checkpoint | null = null;
  let nfe = 0;
  return {
    hasStarted: () => started !== null,
    lastCheckpoint: () => checkpoint,
    take(event) {
      switch (event.type) {
        case "started":
          started = event;
          break;
        case "step":
          nfe = event.nfe;
          steps.set(event.zone, { done: event.iteration + 1, count: event.count });
          break;
        case "preview":
          previews[event.output] = event.tensor;
          break;
        case "scan":
          (scans[event.name] ??= []).push(event.value);
          break;
        case "probe":
          (probes[event.wire] ??= []).push(event.tensor);
          break;
        case "warning":
          warnings.push(event.issue);
          break;
        case "checkpoint":
          checkpoint = event.checkpoint;
          break;
        case "done":
          done = event;
          break;
      }
    },
    outcome: (status, issues = []) => ({
      status,
      outputs: done?.outputs ?? previews,
      backend: started?.backend ?? null,
      chosen: started?.chosen ?? null,
      nfe: done?.nfe ?? nfe,
      vjpCalls: done?.vjpCalls ?? 0,
      timings: done?.timings ?? null,
      steps: [...steps.values()].reduce(
        (sum, each) => ({ done: sum.done + each.done, count: sum.count + each.count }),
        { done: 0, count: 0 },
      ),
      scans,
      probes,
      warnings,
      issues,
    }),
  };
}
