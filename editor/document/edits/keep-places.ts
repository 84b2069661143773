import type { Key } from "../keys.ts";
import { uiNameOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { uiPart } from "./ui-draft.ts";

/**
 * Writes down where nodes stand, and what lies in them, that only layout has placed (`found`, by `uiNameOf`): what then takes
 * them elsewhere takes their places along. `keys` are nodes and whole blocks (`blocks/sgld`).
 */
export function keepPlaces(
  draft: DocumentDraft,
  found: Readonly<Record<string, Point>>,
  keys: readonly Key[],
): void {
  const names = keys.map(uiNameOf);
  const mine = Object.entries(found).filter(([name]) =>
    names.some((owner) => name === owner || name.startsWith(`${owner}/`)),
  );
  if (mine.length === 0) return;
  const nodes = uiPart(draft, "nodes");
  for (const [name, at] of mine) nodes[name] ??= at;
}
