import type { Draft, Patch } from "immer";
import { applyPatches, enablePatches, freeze, produceWithPatches } from "immer";
import type { Document } from "../../runtime/graph/document.ts";

enablePatches();

/** Words of the catalogue: a key, and what stands in its gaps. */
export interface Message {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** One gesture: what undo takes back at once, and what it is called. */
export interface Entry {
  readonly label: Message;
  /** Edits of one gesture (a drag, typing into one field) share a name; null stands alone. */
  readonly gesture: string | null;
  readonly forward: readonly Patch[];
  readonly backward: readonly Patch[];
}

/** A document, and every edit that led to it and away from it. */
export interface History {
  readonly present: Document;
  readonly past: readonly Entry[];
  /** Next first. */
  readonly future: readonly Entry[];
}

export type Recipe = (draft: Draft<Document>) => void;

/** What belongs to every edit: it sees the document before and after, and adds to the same entry. */
export type Aftermath = (draft: Draft<Document>, before: Document, after: Document) => void;

/** Entries kept. */
export const deepestHistory = 500;

/** The document is frozen, as every edit of it will be: what is found of its nodes is remembered by that. */
export const startHistory = (present: Document): History => ({
  present: freeze(present, true),
  past: [],
  future: [],
});

/** Runs `recipe` on the document. An edit that changes nothing leaves the history as it was. */
export function edit(
  history: History,
  { label, gesture = null }: { readonly label: Message; readonly gesture?: string | null },
  recipe: Recipe,
  aftermath: Aftermath = () => {},
): History {
  const [edited, did, undid] = produceWithPatches(history.present, (draft) => {
    recipe(draft);
  });
  if (did.length === 0) return history;
  const [present, then, undone] = produceWithPatches(edited, (draft) => {
    aftermath(draft, history.present, edited);
  });
  const [forward, backward] = [
    [...did, ...then],
    [...undone, ...undid],
  ];
  const last = history.past.at(-1);
  const grown = gesture !== null && last?.gesture === gesture && history.future.length === 0;
  const entry: Entry = grown
    ? {
        label: last.label,
        gesture,
        forward: [...last.forward, ...forward],
        backward: [...backward, ...last.backward],
      }
    : { label, gesture, forward, backward };
  const past = [...(grown ? history.past.slice(0, -1) : history.past), entry];
  return { present, past: past.slice(-deepestHistory), future: [] };
}

/** The next edit begins an entry of its own, even if it is of the same gesture. */
export function endGesture(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined || last.gesture === null) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, gesture: null }] };
}

/** The document before the last entry; the same history where there is none. */
export function undo(history: History): History {
  const entry = history.past.at(-1);
  if (entry === undefined) return history;
  return {
    present: applyPatches(history.present, entry.backward),
    past: history.past.slice(0, -1),
    future: [entry, ...history.future],
  };
}

export function redo(history: History): History {
  const [entry, ...future] = history.future;
  if (entry === undefined) return history;
  return {
    present: applyPatches(history.present, entry.forward),
    past: [...history.past, entry],
    future,
  };
}

/** The history with `count` entries done; with all of them, where it has fewer. */
export function goTo(history: History, count: number): History {
  let at = history;
  while (at.past.length > count) at = undo(at);
  while (at.past.length < count && at.future.length > 0) at = redo(at);
  return at;
}
