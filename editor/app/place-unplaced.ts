import { thingsOf } from "../commands/things.ts";
import { layout } from "../document/layout.ts";
import { uiOf } from "../document/ui.ts";
import type { Studio } from "./studio.ts";

/** Keeps a place found for everything that the document does not place; what has one stays where it is. */
export function placeUnplaced({ editor, analysis, registry }: Studio): void {
  const place = () => {
    const now = analysis.getState();
    const { found } = editor.getState();
    const { nodes } = uiOf(now.document);
    const isLost = (name: string) => nodes[name] === undefined && found[name] === undefined;
    // Most edits place what they add, and laying out takes long.
    if (!thingsOf(now.document).some(({ name }) => isLost(name))) return;
    const fresh = Object.entries(layout(now, registry, found)).filter(([name]) => isLost(name));
    editor.actions.place(Object.fromEntries(fresh));
  };
  place();
  analysis.subscribe(place);
}
