import type { Recipe } from "../history.ts";
import { keyOf } from "../keys.ts";
import type { Ui } from "../ui.ts";
import { setAt } from "./draft.ts";

/** Says with which seed, or how many samples, the graph is run. */
export const setRunNumber =
  (what: keyof Pick<Ui, "seed" | "samples">, value: number): Recipe =>
  (draft) =>
    setAt(draft, keyOf(["ui", what]), value);
