import type { Studio } from "../app/studio.ts";
import { keepPlaces } from "../document/edits/keep-places.ts";
import type { Recipe } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { namesOf } from "./selected.ts";

interface What {
  readonly key: string;
  /** What it concerns. */
  readonly of: readonly Key[];
  readonly gesture?: string;
}

/** One gesture of commands; `names` and `count` of what it concerns fill the label's gaps. */
export function edit({ editor }: Studio, what: What, recipe: Recipe): void {
  const label = { key: what.key, values: namesOf(what.of) };
  editor.actions.edit(
    what.gesture === undefined ? { label } : { label, gesture: what.gesture },
    recipe,
  );
}

/** A gesture that takes nodes (`moved`, or all it concerns) into another body, or out of one: they keep their places, found ones too. */
export function restructure(
  studio: Studio,
  what: What & { readonly moved?: readonly Key[] },
  recipe: Recipe,
): void {
  const { found } = studio.editor.getState();
  edit(studio, what, (draft) => {
    keepPlaces(draft, found, what.moved ?? what.of);
    recipe(draft);
  });
}
