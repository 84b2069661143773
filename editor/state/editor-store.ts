import { createStore, type StoreApi } from "zustand/vanilla";
import type { Document } from "../../runtime/graph/document.ts";
import type { Aftermath, Entry, History, Message, Recipe } from "../document/history.ts";
import { edit, endGesture, goTo, redo, startHistory, undo } from "../document/history.ts";
import { type Key, keyOf, pathOf, scopeAt } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";

/** The file that is open. */
export interface OpenFile {
  readonly name: string;
  /** The document as it was last saved or opened: anything else is dirty. */
  readonly saved: Document;
  /** Looked at only: another tab edits it. */
  readonly readOnly?: true;
}

export interface EditorState {
  /** Another with every document that is opened. */
  readonly opening: symbol;
  readonly history: History;
  readonly file: OpenFile;
  /** The body that the canvas shows. */
  readonly scope: Key;
  /** Nodes, slots, outputs, notes, frames and wires. */
  readonly selection: readonly Key[];
  /** Positions found by layout, by `uiNameOf`, where the document has none: never saved by themselves. */
  readonly found: Readonly<Record<string, Point>>;
}

/** What changes the editor's state; components and commands alike call these and nothing else. */
export interface EditorActions {
  /** Replaces the document and forgets its history. */
  open(document: Document, name: string): void;
  /** One gesture on the document; `gesture` groups what belongs together until `endGesture`. */
  edit(how: { readonly label: Message; readonly gesture?: string }, recipe: Recipe): void;
  endGesture(): void;
  /** What was undone or redone; null where there was nothing. */
  undo(): Entry | null;
  redo(): Entry | null;
  /** Undoes or redoes until `count` entries are done. */
  goTo(count: number): void;
  select(keys: readonly Key[]): void;
  dive(scope: Key): void;
  place(found: Readonly<Record<string, Point>>): void;
  /** Says that `document` is what the file holds now. */
  saved(document: Document, name: string): void;
  /** Brings back a history, after a crash or a reload. */
  restore(history: History, file: OpenFile): void;
}

/** What happens beside an edit. */
export interface EditorHooks {
  readonly aftermath?: Aftermath;
  /** An edit was asked for that the file does not allow. */
  readonly refused?: () => void;
}

export type EditorStore = StoreApi<EditorState> & { readonly actions: EditorActions };

export function createEditorStore(
  document: Document,
  name: string,
  { aftermath, refused }: EditorHooks = {},
): EditorStore {
  const store = createStore<EditorState>(() => opened(document, name));
  const { getState: get, setState: set } = store;
  const step = (move: (history: History) => History, entry: Entry | undefined): Entry | null => {
    if (entry === undefined) return null;
    set(stepped(get(), move(get().history)));
    return entry;
  };
  return Object.assign(store, {
    actions: {
      open: (next, called) => set(opened(next, called)),
      edit: (how, recipe) => {
        if (get().file.readOnly === true) refused?.();
        else set(moved(get(), edit(get().history, how, recipe, aftermath)));
      },
      endGesture: () => set({ history: endGesture(get().history) }),
      undo: () => step(undo, get().history.past.at(-1)),
      redo: () => step(redo, get().history.future[0]),
      goTo: (count) => set(stepped(get(), goTo(get().history, count))),
      select: (selection) => set({ selection }),
      dive: (scope) => set({ scope, selection: [] }),
      place: (found) => set({ found: { ...get().found, ...found } }),
      saved: (saved, called) => set({ file: { name: called, saved } }),
      restore: (history, file) => set({ ...opened(history.present, file.name), history, file }),
    } satisfies EditorActions,
  });
}

/** What a history that moved leads to: where the body that was shown is gone, the innermost that is left of those around it is. */
function moved({ scope }: EditorState, history: History): Partial<EditorState> {
  const left = scopeAt(history.present, scope);
  const shown = left === null ? "graph" : keyOf(left.path);
  return shown === scope ? { history } : { history, scope: shown, selection: [] };
}

/** And what was selected and is not there any more is selected no longer. */
function stepped(before: EditorState, history: History): Partial<EditorState> {
  const { selection } = before;
  const left = selection.filter((key) => isThere(history.present, key));
  return {
    ...(left.length === selection.length ? {} : { selection: left }),
    ...moved(before, history),
  };
}

/** Whether the document has a value where a key leads. */
function isThere(document: Document, key: Key): boolean {
  let at: unknown = document;
  for (const part of pathOf(key)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return true;
}

function opened(document: Document, name: string): EditorState {
  return {
    opening: Symbol(name),
    history: startHistory(document),
    file: { name, saved: document },
    scope: "graph",
    selection: [],
    found: {},
  };
}
