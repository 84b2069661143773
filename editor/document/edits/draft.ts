import type { Draft } from "immer";
import { current, isDraft } from "immer";
import type { Body, Document, Node } from "../../../runtime/graph/document.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import type { Key } from "../keys.ts";
import { keyOf, pathOf, scopeAt } from "../keys.ts";

export type DocumentDraft = Draft<Document>;
type Table = Record<string, unknown>;

/** The document as the draft has it now, to be asked questions. */
export const settled = (draft: DocumentDraft): Document =>
  isDraft(draft) ? current(draft) : draft;

/** The body of that key, or the nearest one around it, as it is now. */
export function scopeIn(draft: DocumentDraft, key: Key): Scope {
  const scope = scopeAt(settled(draft), key);
  if (scope === null) throw new RangeError(`scopeIn: there is no body at ${key}`);
  return scope;
}

/** The draft of the object at a key; null where there is none. */
export function tableAt(draft: DocumentDraft, key: Key): Table | null {
  let at: unknown = draft;
  for (const step of key === "" ? [] : pathOf(key)) {
    if (!isTable(at) || !Object.hasOwn(at, step)) return null;
    at = at[step];
  }
  return isTable(at) ? at : null;
}

const isTable = (value: unknown): value is Table => typeof value === "object" && value !== null;

/** Writes a copy of a value at a key (of a draft itself: that); objects on the way are made. */
export function setAt(draft: DocumentDraft, key: Key, value: unknown): void {
  const path = pathOf(key);
  let at: Table = draft;
  for (const step of path.slice(0, -1)) {
    if (!Object.hasOwn(at, step) || !isTable(at[step])) at[step] = {};
    at = at[step] as Table;
  }
  at[path.at(-1) ?? ""] = copied(value);
}

/** Frozen values cannot be edited on. */
function copied(value: unknown): unknown {
  if (isDraft(value) || !isTable(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, copied(entry)]));
}

/** Removes what stands at a key, and where it was the last of an optional table (`in`, `params`, `scans`) the table too. */
export function deleteAt(draft: DocumentDraft, key: Key): void {
  const path = pathOf(key);
  const owner = keyOf(path.slice(0, -1));
  const table = tableAt(draft, owner);
  if (table === null) return;
  delete table[path.at(-1) ?? ""];
  const name = path.at(-2) ?? "";
  if (optionalTables.has(name) && Object.keys(table).length === 0) deleteAt(draft, owner);
}

const optionalTables: ReadonlySet<string> = new Set(["in", "params", "scans", "states"]);

export const bodyAt = (draft: DocumentDraft, key: Key): Draft<Body> | null =>
  tableAt(draft, key) as Draft<Body> | null;

export const nodeDraft = (draft: DocumentDraft, key: Key): Draft<Node> | null =>
  tableAt(draft, key) as Draft<Node> | null;

/** Calls an entry of a table otherwise. */
export function moveEntry(table: Table | null, from: string, to: string): void {
  if (table === null || !Object.hasOwn(table, from)) return;
  const entry = table[from];
  delete table[from];
  table[to] = entry;
}
