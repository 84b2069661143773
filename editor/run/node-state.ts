import type { Document } from "../../runtime/graph/document.ts";
import type { Message } from "../document/history.ts";
import { uiNameOf, type Key } from "../document/keys.ts";
import { outermostZone, reachOf } from "./reach.ts";
import { staleCauseOf } from "./stale-cause.ts";
import type { RunState } from "./run-store.ts";
import { isWithin } from "../../runtime/graph/within.ts";

/** How a node stands to the run that is shown. */
export type NodeState =
  | "queued"
  | "running"
  | "paused"
  /** Computed by this run, as the graph is now. */
  | "fresh"
  /** Taken from the run before. */
  | "kept"
  /** What would be run now differs here. */
  | "stale"
  | "stopped"
  | "error"
  /** No output and no probe needs it. */
  | "skipped";

/** Null before the first run. */
export function nodeStateOf(run: RunState, document: Document, key: Key): NodeState | null {
  const { ran, phase } = run;
  if (ran === null || phase === "idle") return null;
  if (hasFailed(run, key)) return "error";
  const { needed, changed, zonesAfter } = reachOf(document, ran);
  const isOther = run.staleWhy !== null && run.staleWhy.key !== "run.stale.document";
  if (run.stale && (isOther || changed.has(key))) return "stale";
  if (!needed.has(key)) return "skipped";
  const zone = outermostZone(document, key);
  if (zone !== null) return inZone(run, zone);
  if (phase === "done") return "fresh";
  const hasBegun = Object.keys(run.zones).some((name) => zonesAfter(key).has(`graph/${name}`));
  return hasBegun ? "fresh" : waiting(run);
}

/** What was changed that a stale node is made from. */
export function whyStaleAt(
  { ran, staleWhy }: Pick<RunState, "ran" | "staleWhy">,
  document: Document,
  key: Key,
): Message | null {
  const cause =
    ran === null || staleWhy?.key !== "run.stale.document"
      ? null
      : staleCauseOf(document, ran, key);
  return cause ?? staleWhy;
}

/** The failure is at the node, or inside of it. */
function hasFailed({ phase, issues }: RunState, key: Key): boolean {
  if (phase !== "failed") return false;
  const name = uiNameOf(key);
  return issues.some(({ at: { node } }) => node !== undefined && isWithin(node, name));
}

function inZone(run: RunState, zone: string): NodeState {
  const progress = run.zones[zone];
  const { phase, from } = run;
  if (run.kept.includes(zone)) return "kept";
  if (phase === "done") return "fresh";
  if (progress === undefined) return waiting(run);
  if (progress.iteration >= progress.count) return "fresh";
  if (from?.zone === zone && progress.iteration <= from.iteration) return "kept";
  if (phase === "paused") return "paused";
  return phase === "failed" || phase === "cancelled" ? "stopped" : "running";
}

const waiting = ({ phase }: RunState): NodeState =>
  phase === "failed" || phase === "cancelled" ? "stopped" : "queued";
