import type { Slot } from "../../../runtime/graph/document.ts";
import { deleteAt, setAt, tableAt } from "../../document/edits/draft.ts";
import type { Recipe } from "../../document/history.ts";
import type { Key } from "../../document/keys.ts";

/** Writes a field of a slot; undefined takes it out. A default of another kind than the new one goes with it. */
export const setSlot =
  (slot: Key, field: keyof Slot, value: unknown): Recipe =>
  (draft) => {
    if (field === "kind" && tableAt(draft, slot)?.["kind"] !== value)
      deleteAt(draft, `${slot}/default`);
    if (value === undefined) deleteAt(draft, `${slot}/${field}`);
    else setAt(draft, `${slot}/${field}`, value);
  };
