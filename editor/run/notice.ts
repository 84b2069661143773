import type { Issue } from "../../runtime/base/issue.ts";
import type { Interrupted, RunState } from "./run-store.ts";

/** What happened to the engine, as far as a person should do something about it. */
export type Notice =
  /** The way to the server is gone for now; `isGoing`: with a run on the other side. */
  | { readonly is: "lost"; readonly isGoing: boolean }
  /** The server lets this page in no more. */
  | { readonly is: "refused"; readonly issue: Issue }
  /** The engine died, and the run stands before an iteration. */
  | { readonly is: "crashed"; readonly step: number }
  /** The page was loaded again in the middle of a run. */
  | ({ readonly is: "interrupted" } & Interrupted)
  /** The run was lost with its engine, or with its server. */
  | { readonly is: "ended"; readonly issue: Issue };

/** Codes of failures that are the engine's or the server's, and not the graph's. */
const endings: ReadonlySet<string> = new Set([
  "engine.ended",
  "studio.ended",
  "server.session-lost",
]);

type Known = Pick<
  RunState,
  "connection" | "where" | "phase" | "pausedBy" | "steps" | "issues" | "interrupted"
>;

export const noticeOf = (state: Known): Notice | null => ofConnection(state) ?? ofEngine(state);

function ofConnection({ connection, where, phase }: Known): Notice | null {
  if (where !== "server" || connection === null) return null;
  if (connection.is === "refused") return { is: "refused", issue: connection.issue };
  if (connection.is !== "lost") return null;
  return { is: "lost", isGoing: ["starting", "running", "paused"].includes(phase) };
}

function ofEngine({ phase, pausedBy, steps, issues, interrupted }: Known): Notice | null {
  if (interrupted !== null) return { is: "interrupted", ...interrupted };
  if (pausedBy?.kind === "crashed")
    return { is: "crashed", step: (steps.at(-1)?.iteration ?? -1) + 2 };
  const issue = issues.find(({ code }) => endings.has(code));
  return phase === "failed" && issue !== undefined ? { is: "ended", issue } : null;
}
