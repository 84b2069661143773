import type { Key } from "../keys.ts";
import { uiNameOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { uiEntryOf, uiPart } from "./ui-draft.ts";

/** Puts nodes, slots, outputs, notes and frames where they shall stand, from the origin of their body. */
export function move(draft: DocumentDraft, places: ReadonlyMap<Key, Point>): void {
  for (const [key, [x, y]] of places) {
    const at: Point = [Math.round(x), Math.round(y)];
    const entry = uiEntryOf(key);
    const item = entry === null ? undefined : uiPart(draft, entry.part)[entry.id];
    if (item !== undefined) item.at = at;
    else if (entry === null) uiPart(draft, "nodes")[uiNameOf(key)] = at;
  }
}
