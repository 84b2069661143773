import type { Document } from "../../runtime/graph/document.ts";
import type { Message } from "../document/history.ts";
import type { RunPhase } from "../run/run-store.ts";

/** What the picture before is called: what is marked as missing in a photo leaves nothing but grey in it. */
export function nameOfBefore({ inputs }: Pick<Document, "inputs">): Message {
  const operator = Object.values(inputs).find(({ kind }) => kind === "operator")?.default;
  const isMasked =
    typeof operator === "object" && "type" in operator && operator.type === "operator/mask";
  return { key: `restore.compare.${isMasked ? "masked" : "before"}` };
}

/** What the picture after is called: `step` counts from 1, and is null before the first; `isSeen`: there is a picture. */
export function nameOfAfter(phase: RunPhase, step: number | null, isSeen: boolean): Message | null {
  if (phase === "done") return { key: "restore.compare.after" };
  if (step !== null && isSeen) return { key: "restore.compare.soFar", values: { step } };
  if (phase !== "starting" && phase !== "running") return null;
  return { key: `restore.compare.${isSeen ? "earlier" : "awaited"}` };
}
