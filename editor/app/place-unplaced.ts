import { layout } from "../document/layout.ts";
import type { Studio } from "./studio.ts";

/** Keeps a place found for everything that the document does not place; what has one stays where it is. */
export function placeUnplaced({ editor, analysis, registry }: Studio): void {
  const place = () => {
    const { found } = editor.getState();
    const fresh = Object.entries(layout(analysis.getState(), registry)).filter(
      ([name]) => found[name] === undefined,
    );
    if (fresh.length > 0) editor.actions.place(Object.fromEntries(fresh));
  };
  place();
  analysis.subscribe(place);
}
