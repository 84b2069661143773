import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Key } from "../keys.ts";
import { uiOf } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { setAt, settled } from "./draft.ts";
import { unwire } from "./references.ts";
import { forgetWire } from "./ui-draft.ts";

/** Wires a place (its key) to a source; the wire that was there gives way, and its bends with it. */
export function connect(draft: DocumentDraft, key: Key, ref: Ref): void {
  setAt(draft, key, ref);
  if (uiOf(settled(draft)).reroutes[key] !== undefined) forgetWire(draft, key);
}

/** [E4] Takes wires away, by the keys of the places they end in. */
export function disconnect(draft: DocumentDraft, keys: readonly Key[]): void {
  for (const key of keys) {
    unwire(draft, key);
    forgetWire(draft, key);
  }
}
