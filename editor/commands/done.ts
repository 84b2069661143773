import type { Studio } from "../app/studio.ts";
import type { Recipe } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { namesOf } from "./selected.ts";

/** One gesture of commands; `names` and `count` of what it concerns fill the label's gaps. */
export function edit(
  { editor }: Studio,
  what: { readonly key: string; readonly of: readonly Key[]; readonly gesture?: string },
  recipe: Recipe,
): void {
  const label = { key: what.key, values: namesOf(what.of) };
  editor.actions.edit(
    what.gesture === undefined ? { label } : { label, gesture: what.gesture },
    recipe,
  );
}
