import type { Key } from "../keys.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, setAt } from "./draft.ts";

/** Gives a node's param a value, or an expression (`"=2*sigmaMax"`). */
export const setParam = (draft: DocumentDraft, node: Key, name: string, value: unknown): void =>
  setAt(draft, `${node}/params/${name}`, value);

/** Lets a param be its default again. */
export const resetParam = (draft: DocumentDraft, node: Key, name: string): void =>
  deleteAt(draft, `${node}/params/${name}`);
