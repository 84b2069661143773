import type { Document } from "../../runtime/graph/document.ts";
import type { Message } from "../document/history.ts";
import { uiOf } from "../document/ui.ts";
import { sameMeaning } from "./meaning.ts";
import type { RunSettings } from "./run-store.ts";

/** What a run was started with. */
export interface Ran {
  readonly document: Document;
  readonly settings: RunSettings;
}

/** In what a run that would start now differs from the one that is shown; null where in nothing. */
export function whyStale(ran: Ran | null, { document, settings }: Ran): Message | null {
  if (ran === null) return null;
  const { settings: before } = ran;
  if (!sameMeaning(ran.document, document)) return { key: "run.stale.document" };
  const [then, now] = [uiOf(ran.document), uiOf(document)];
  if (then.seed !== now.seed)
    return { key: "run.stale.seed", values: { before: then.seed, after: now.seed } };
  if (then.samples !== now.samples) return { key: "run.stale.samples" };
  if (before.backend !== settings.backend || before.where !== settings.where)
    return { key: "run.stale.backend" };
  return null;
}
