import type { Key } from "../keys.ts";
import { uiNameOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { uiEntryOf, uiPart } from "./ui-draft.ts";

/** Puts nodes, slots, outputs, notes and frames where they shall stand, from the origin of their body. */
export function move(draft: DocumentDraft, places: ReadonlyMap<Key, Point>): void {
  const moved = [...places].map(([key, [x, y]]) => {
    const at: Point = [Math.round(x), Math.round(y)];
    return { key, at, entry: uiEntryOf(key) };
  });
  for (const part of ["notes", "frames"] as const) {
    const mine = moved.filter(({ entry }) => entry?.part === part);
    const table = mine.length === 0 ? {} : uiPart(draft, part);
    for (const { at, entry } of mine) {
      const item = table[entry?.id ?? ""];
      if (item !== undefined) item.at = at;
    }
  }
  const things = moved.filter(({ entry }) => entry === null);
  const nodes = things.length === 0 ? {} : uiPart(draft, "nodes");
  for (const { key, at } of things) nodes[uiNameOf(key)] = at;
}
