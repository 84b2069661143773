import type { EditorState } from "../state/editor-store.ts";
import type { DraftHead, JournalRecord, JournalStore, Step } from "./journal-record.ts";
import { stepBetween } from "./journal-step.ts";

/** Steps between two snapshots. */
export const snapshotEvery = 64;

export interface JournalParts {
  readonly store: JournalStore;
  /** Calls back when the page has time to spare, and soon in any case; returns how to stop it. */
  readonly whenIdle: (callback: () => void) => () => void;
  /** The draft's head when the editor is in this state. */
  readonly head: (state: EditorState) => DraftHead;
  /** After each write: null, or why it failed. */
  readonly onWritten: (failure: unknown) => void;
}

/** Writes down what happens to one draft. */
export interface Journal {
  /** Takes note of a change; to be called for each, in order. */
  note(state: EditorState, before: EditorState): void;
  /** Writes what has not been written yet, at once. */
  flush(): void;
  /** Writes the draft's head alone. */
  touch(): void;
  /** Done when all that was flushed is written or has failed. */
  settled(): Promise<void>;
}

/**
 * A journal of one draft, begun with a snapshot of `first`. What is noted waits for idle time, but never longer than the next
 * gesture: a page that is killed at any point has lost one gesture at most. After a write that failed the next one begins
 * with a snapshot, so that nothing rests on what is missing.
 */
export function createJournal(parts: JournalParts, first: EditorState): Journal {
  const writer = createWriter(parts);
  let latest = first;
  let pending: readonly Step[] = [snapshotOf(first)];
  let stop: (() => void) | null = null;

  const flush = (): void => {
    stop?.();
    stop = null;
    if (pending.length > 0) writer.append(pending, latest);
    pending = [];
  };
  const wait = (): void => {
    stop ??= parts.whenIdle(flush);
  };
  wait();
  return {
    note: (state, before) => {
      const step = stepBetween(before, state);
      if (step === null) return;
      if (step.do !== "grow" && step.do !== "end") flush();
      latest = state;
      pending = [...pending, step];
      wait();
    },
    flush,
    touch: () => writer.write([], latest),
    settled: writer.settled,
  };
}

/** Numbers steps and sees to snapshots among them; the records before the last snapshot but one are dropped. */
function createWriter({ store, head, onWritten }: JournalParts) {
  const snapshots: number[] = [];
  let seq = 0;
  let since = 0;
  let broken = false;
  let writing: Promise<void> = Promise.resolve();

  const write = (records: readonly JournalRecord[], latest: EditorState): void => {
    const written = store.write(head(latest), records, snapshots.at(-2) ?? 0).then(
      () => onWritten(null),
      (failure: unknown) => {
        broken = true;
        onWritten(failure);
      },
    );
    writing = Promise.all([writing, written]).then(() => {});
  };
  return {
    write,
    append: (pending: readonly Step[], latest: EditorState): void => {
      const isDue = broken || since + pending.length > snapshotEvery;
      const steps = [...(broken ? [] : pending), ...(isDue ? [snapshotOf(latest)] : [])];
      const { id } = head(latest);
      const records = steps.map((step, i): JournalRecord => ({ draft: id, seq: seq + i, step }));
      seq += records.length;
      since += records.length;
      broken = false;
      if (steps.at(-1)?.do === "snapshot") {
        snapshots.push(seq - 1);
        since = 0;
      }
      write(records, latest);
    },
    settled: () => writing,
  };
}

const snapshotOf = ({ history, file }: EditorState): Step => ({ do: "snapshot", history, file });
