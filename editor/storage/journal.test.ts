import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { deepestHistory } from "../document/history.ts";
import { createEditorStore, type EditorState, type EditorStore } from "../state/editor-store.ts";
import { createJournal } from "./journal.ts";
import type { DraftHead, JournalRecord, JournalStore } from "./journal-record.ts";
import { replay } from "./journal-replay.ts";

const first = readDocument({ denoodle: 1, name: "0", graph: {}, ui: { notes: {} } })
  .document as Document;

/** What a database would hold after each write, in order. */
function createLog() {
  const after: (readonly JournalRecord[])[] = [[]];
  const store: JournalStore = {
    write: async (_head, records, dropBelow) => {
      const kept = (after.at(-1) ?? []).filter(({ seq }) => seq >= dropBelow);
      after.push([...kept, ...structuredClone(records)]);
    },
    heads: async () => [],
    records: async () => after.at(-1) ?? [],
    remove: async () => {},
  };
  return { store, after };
}

/** Idle time that comes when it is told to. */
function createIdle() {
  let waiting: (() => void) | null = null;
  return {
    whenIdle: (callback: () => void) => {
      waiting = callback;
      return () => (waiting = null);
    },
    come: () => waiting?.(),
  };
}

function keptEditor(store: JournalStore, onWritten: (failure: unknown) => void = () => {}) {
  const editor = createEditorStore(first, "a.json");
  const idle = createIdle();
  const head = ({ history }: EditorState): DraftHead => ({
    id: "d",
    documentId: "f",
    title: history.present.name,
    fileName: "a.json",
    lastModified: null,
    dirty: true,
    at: 0,
  });
  const journal = createJournal(
    { store, whenIdle: idle.whenIdle, head, onWritten },
    editor.getState(),
  );
  editor.subscribe((now, before) => journal.note(now, before));
  return { editor, journal, idle };
}

type Act = { readonly starts: boolean; readonly run: (editor: EditorStore) => void };

const label = { key: "storage.edit.rename" };
const write = (name: string, gesture?: string) => (editor: EditorStore) =>
  editor.actions.edit(gesture === undefined ? { label } : { label, gesture }, (draft) => {
    draft.name = name;
    draft.graph[`n${name.length}`] = { type: "math/constant", v: 1, params: { value: name } };
  });
const acts: fc.Arbitrary<Act | "idle"> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.string({ maxLength: 4 }).map((name) => ({ starts: true, run: write(name) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .string({ maxLength: 4 })
      .map((name) => ({ starts: false, run: write(name, "typing") })),
  },
  {
    weight: 2,
    arbitrary: fc.constant({ starts: true, run: (e: EditorStore) => void e.actions.undo() }),
  },
  {
    weight: 2,
    arbitrary: fc.constant({ starts: true, run: (e: EditorStore) => void e.actions.redo() }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ starts: false, run: (e: EditorStore) => e.actions.endGesture() }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      starts: true,
      run: (e: EditorStore) => e.actions.saved(e.getState().history.present, "b.json"),
    }),
  },
  { weight: 3, arbitrary: fc.constant("idle" as const) },
);

const toldOf = ({ history, file }: Pick<EditorState, "history" | "file">) => ({ history, file });
const recoveredFrom = (records: readonly unknown[]) => {
  const recovered = replay(records);
  return recovered && toldOf(recovered);
};

describe("the journal", () => {
  test("killed at any point, at most the last gesture is lost", () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 150 }), (script) => {
        const log = createLog();
        const { editor, idle } = keptEditor(log.store);
        idle.come();
        let gesture = [toldOf(editor.getState())];
        for (const act of script) {
          const last = toldOf(editor.getState());
          if (act === "idle") idle.come();
          else act.run(editor);
          const now = toldOf(editor.getState());
          const began =
            act !== "idle" && (act.starts || now.history.past.length !== last.history.past.length);
          if (now.history !== last.history || now.file !== last.file)
            gesture = began ? [last, now] : [...gesture, now];
          const recovered = recoveredFrom(log.after.at(-1) ?? []);
          expect(
            gesture.some((state) => isSame(state, recovered)),
            JSON.stringify(recovered),
          ).toBe(true);
        }
        idle.come();
        expect(recoveredFrom(log.after.at(-1) ?? [])).toEqual(toldOf(editor.getState()));
      }),
      { numRuns: 100 },
    );
  });

  test("what is cut off after any write is a state that there was", () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (script) => {
        const log = createLog();
        const { editor, idle } = keptEditor(log.store);
        const states = [toldOf(editor.getState())];
        for (const act of script) {
          if (act === "idle") idle.come();
          else act.run(editor);
          states.push(toldOf(editor.getState()));
        }
        for (const records of log.after.slice(1)) {
          const recovered = recoveredFrom(records);
          expect(states.some((state) => isSame(state, recovered))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("undo goes as deep after a reload as before", () => {
    const log = createLog();
    const { editor, journal } = keptEditor(log.store);
    for (let i = 0; i < deepestHistory + 40; i += 1) write(`${i}`)(editor);
    journal.flush();
    const back = replay(log.after.at(-1) ?? []);
    expect(back?.history.past).toHaveLength(deepestHistory);
    const again = createEditorStore(first, "a.json");
    again.actions.restore(back!.history, back!.file);
    for (let i = 0; i < deepestHistory; i += 1) {
      editor.actions.undo();
      again.actions.undo();
    }
    expect(again.getState().history.present).toEqual(editor.getState().history.present);
    expect(again.getState().history.present.name).toBe("39");
  });

  test("old records are dropped, and those of two snapshots kept", () => {
    const log = createLog();
    const { editor, journal } = keptEditor(log.store);
    for (let i = 0; i < 400; i += 1) write(`${i}`)(editor);
    journal.flush();
    const records = log.after.at(-1) ?? [];
    expect(records.length).toBeLessThan(140);
    expect(records.filter(({ step }) => step.do === "snapshot")).toHaveLength(2);
  });

  test("after a write that failed, the next one rests on nothing before it", async () => {
    const log = createLog();
    let full = false;
    const failures: unknown[] = [];
    const store: JournalStore = {
      ...log.store,
      write: (...all) =>
        full
          ? Promise.reject(new DOMException("full", "QuotaExceededError"))
          : log.store.write(...all),
    };
    const { editor, journal } = keptEditor(store, (failure) => failures.push(failure));
    write("a")(editor);
    journal.flush();
    await journal.settled();
    full = true;
    write("b")(editor);
    journal.flush();
    await journal.settled();
    expect(failures.at(-1)).toBeInstanceOf(DOMException);
    full = false;
    write("c")(editor);
    journal.flush();
    await journal.settled();
    expect(failures.at(-1)).toBeNull();
    expect(recoveredFrom(log.after.at(-1) ?? [])).toEqual(toldOf(editor.getState()));
  });
});

const isSame = (a: unknown, b: unknown): boolean => {
  try {
    expect(b).toEqual(a);
    return true;
  } catch {
    return false;
  }
};
