import type { SlotKind } from "../../../runtime/graph/document.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { counters } from "../../../runtime/graph/resolve.ts";
import { freeName, takenSlots } from "../ids.ts";
import type { Key } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { scopeIn, setAt, tableAt } from "./draft.ts";
import { nameOf } from "./expose.ts";
import { move } from "./move.ts";

export interface NewSlot {
  /** The block that it is an input of; null for the graph. */
  readonly block: string | null;
  readonly kind: SlotKind;
  readonly name?: string;
  readonly at?: Point;
}

/** Adds an input; without a name it is called as its kind. Returns its key. */
export function addSlot(draft: DocumentDraft, { block, kind, name, at }: NewSlot): Key {
  const root = block === null ? "" : `blocks/${block}/`;
  const scope = scopeIn(draft, `${root}graph`);
  const taken = scope.kind === "root" ? takenSlots(scope) : new Set<string>(counters);
  const key = `${root}inputs/${freeName(name ?? kind, taken)}`;
  setAt(draft, key, { kind });
  if (at !== undefined) move(draft, new Map([[key, at]]));
  return key;
}

export interface NewOutput {
  readonly block: string | null;
  /** Read in the root body. */
  readonly ref: Ref;
  readonly name?: string;
  readonly at?: Point;
}

/** Adds an output; without a name it is called as what it reads. Returns its key. */
export function addOutput(draft: DocumentDraft, { block, ref, name, at }: NewOutput): Key {
  const root = block === null ? "" : `blocks/${block}/`;
  const taken = new Set(Object.keys(tableAt(draft, `${root}outputs`) ?? {}));
  const key = `${root}outputs/${freeName(name ?? nameOf(ref), taken)}`;
  setAt(draft, key, ref);
  if (at !== undefined) move(draft, new Map([[key, at]]));
  return key;
}
