import { sameValue } from "../../runtime/base/same-value.ts";
import type { EditorState, EditorStore } from "../state/editor-store.ts";
import type { Journal } from "./journal.ts";
import { createJournal } from "./journal.ts";
import type { DraftHead, JournalStore } from "./journal-record.ts";
import type { StorageStore } from "./storage-state.ts";
import type { Release, TabLocks } from "./tab-locks.ts";

export interface KeeperParts {
  readonly editor: EditorStore;
  readonly state: StorageStore;
  /** Null where the browser keeps nothing. */
  readonly journals: JournalStore | null;
  readonly locks: TabLocks;
  readonly whenIdle: (callback: () => void) => () => void;
  readonly now: () => number;
  readonly newId: () => string;
  /** Tells the tab which draft it writes, so that it finds it again after a reload. */
  readonly onDraft: (id: string) => void;
  /** An unsaved draft was put aside for another document. */
  readonly onPutAside: (head: DraftHead) => void;
}

/** Follows the editor and keeps its drafts: the journal of the open document, and whether it is dirty. */
export interface DraftKeeper {
  /** Writes what is not written yet. */
  flush(): void;
  settled(): Promise<void>;
  stop(): void;
}

interface Draft {
  /** Says that the document is saved elsewhere now, or anew. */
  readonly saved: () => void;
  readonly head: (state: EditorState) => DraftHead;
  readonly journal: Journal;
  readonly lock: Promise<Release | null>;
}

export function keepDrafts(parts: KeeperParts): DraftKeeper {
  const { editor, state, journals, whenIdle } = parts;
  let draft = begin(parts, editor.getState());
  let stopCheck: (() => void) | null = null;

  const checkDirty = (): void => {
    stopCheck?.();
    const { history, file } = editor.getState();
    state.setState({ dirty: history.present !== file.saved });
    stopCheck = whenIdle(() => {
      stopCheck = null;
      const dirty = isDirty(editor.getState());
      if (dirty === state.getState().dirty) return;
      state.setState({ dirty });
      draft?.journal.touch();
    });
  };
  const stop = editor.subscribe((now, before) => {
    if (now.history === before.history && now.file === before.file) return;
    if (isOther(now, before)) {
      if (draft !== null && journals !== null) void end(parts, draft, before);
      draft = begin(parts, now);
    } else {
      if (now.file !== before.file) draft?.saved();
      draft?.journal.note(now, before);
    }
    checkDirty();
  });
  checkDirty();
  return {
    flush: () => draft?.journal.flush(),
    settled: async () => draft?.journal.settled(),
    stop: () => {
      stop();
      stopCheck?.();
      draft?.journal.flush();
      void draft?.lock.then((release) => release?.());
    },
  };
}

/** Whether another document stands in the editor, or the same one by another right. */
const isOther = (now: EditorState, before: EditorState): boolean =>
  now.file.readOnly !== before.file.readOnly ||
  (now.file !== before.file && now.history !== before.history);

function begin(parts: KeeperParts, first: EditorState): Draft | null {
  const { state, journals, locks, whenIdle, now, newId, onDraft } = parts;
  if (journals === null || first.file.readOnly === true) return null;
  const id = newId();
  let { origin } = state.getState();
  const head = ({ history, file }: EditorState): DraftHead => {
    const title = history.present.name;
    const dirty = state.getState().dirty && history.present !== file.saved;
    const { documentId, lastModified } = origin;
    return { id, documentId, title, fileName: file.name, lastModified, dirty, at: now() };
  };
  const onWritten = (failure: unknown): void =>
    state.setState({ journal: failure === null ? "kept" : whyNotKept(failure) });
  onDraft(id);
  return {
    saved: () => ({ origin } = state.getState()),
    head,
    journal: createJournal({ store: journals, whenIdle, head, onWritten }, first),
    lock: locks.holdDraft(id),
  };
}

/** Forgets a draft that holds nothing unsaved; any other is left to be recovered. */
async function end({ journals, onPutAside }: KeeperParts, draft: Draft, last: EditorState) {
  const head = { ...draft.head(last), dirty: isDirty(last) };
  draft.journal.flush();
  await draft.journal.settled();
  await (head.dirty ? journals?.write(head, [], 0) : journals?.remove(head.id));
  (await draft.lock)?.();
  if (head.dirty) onPutAside(head);
}

export const whyNotKept = (failure: unknown): { readonly key: string } => ({
  key:
    failure instanceof DOMException && failure.name === "QuotaExceededError"
      ? "storage.journal.full"
      : "storage.journal.refused",
});

/** Whether the file would say something else than it does: equal documents are written as equal bytes. */
const isDirty = ({
  history: { present },
  file: { saved },
}: Pick<EditorState, "history" | "file">): boolean => !sameValue(present, saved);
