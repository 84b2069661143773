import type { About } from "../../../runtime/graph/document.ts";
import { deleteAt, setAt, tableAt } from "../../document/edits/draft.ts";
import type { Recipe } from "../../document/history.ts";
import type { Key } from "../../document/keys.ts";

/** A field of the graph (root "") or of a block (`blocks/NAME`). */
const placeOf = (root: Key, ...path: readonly string[]): Key =>
  [...(root === "" ? [] : [root]), ...path].join("/");

/** Writes the name or the task of a graph, or the name of a block. An empty task is none. */
export const setDocument =
  (root: Key, field: "name" | "task", text: string): Recipe =>
  (draft) => {
    if (field === "task" && text === "") deleteAt(draft, field);
    else setAt(draft, placeOf(root, field), text);
  };

/** Writes what a graph or a block says about itself; what is empty is left out of the file. */
export const setAbout =
  (root: Key, field: keyof About, value: unknown): Recipe =>
  (draft) => {
    const about = placeOf(root, "about");
    const isEmpty = value === "" || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) return setAt(draft, `${about}/${field}`, value);
    deleteAt(draft, `${about}/${field}`);
    if (Object.keys(tableAt(draft, about) ?? { field }).length === 0) deleteAt(draft, about);
  };
