import type { RunState } from "./run-store.ts";

/** Why there is nothing to look at though a run was asked for; null where running the graph is what it takes. */
export function waitingKey({ phase, steps }: Pick<RunState, "phase" | "steps">): string | null {
  switch (phase) {
    case "starting":
      return "run.waiting.starting";
    case "running":
    case "paused":
      return steps.length === 0 ? "run.waiting.first" : "run.waiting.later";
    case "failed":
      return "run.waiting.failed";
    default:
      return null;
  }
}
