import { deleteAt, setAt } from "../../document/edits/draft.ts";
import type { Recipe } from "../../document/history.ts";
import type { Key } from "../../document/keys.ts";

/** Writes a param of a node, a zone or a slot's default; undefined takes it out. */
export const setParam =
  (host: Key, name: string, value: unknown): Recipe =>
  (draft) => {
    const key = `${host}/params/${name}`;
    if (value === undefined) deleteAt(draft, key);
    else setAt(draft, key, value);
  };
