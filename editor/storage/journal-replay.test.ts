import fc from "fast-check";
import { expect, test } from "vitest";
import { mutateJson } from "../../test/support/graph-mutations.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { redo, undo } from "../document/history.ts";
import { replay } from "./journal-replay.ts";

/** Takes decisions from drawn numbers, over and over. */
const chooserOf = (numbers: readonly number[]) => {
  let next = 0;
  return (count: number): number =>
    count === 0 ? 0 : (numbers[next++ % numbers.length] ?? 0) % count;
};

const present = readDocument({ denoodle: 1, name: "a", graph: {}, ui: {} }).document as Document;
const entry = (from: string, to: string) => ({
  label: { key: "storage.edit.rename", values: { name: to } },
  gesture: null,
  forward: [{ op: "replace", path: ["name"], value: to }],
  backward: [{ op: "replace", path: ["name"], value: from }],
});
const record = (seq: number, step: object) => ({ draft: "d", seq, step });
const snapshot = (seq: number) =>
  record(seq, {
    do: "snapshot",
    history: { present, past: [], future: [entry("a", "z")] },
    file: { name: "a.json", saved: present },
  });
const push = (seq: number, from: string, to: string) =>
  record(seq, { do: "push", entry: entry(from, to) });
const journal = () => [
  snapshot(0),
  push(1, "a", "b"),
  push(2, "b", "c"),
  record(3, { do: "undo" }),
  record(4, { do: "saved", name: "b.json", saved: null }),
  push(5, "b", "d"),
];

test("records may come in any order", () => {
  expect(replay(journal().toReversed())).toEqual(replay(journal()));
  expect(replay(journal())).toMatchObject({ history: { present: { name: "d" } }, lost: 0 });
});

test("nothing is followed over a gap", () => {
  const recovered = replay(journal().filter(({ seq }) => seq !== 2));
  expect(recovered).toMatchObject({ history: { present: { name: "b" } }, lost: 3 });
});

test("a snapshot goes on where records before it are lost", () => {
  const whole = journal();
  const later = [...whole.filter(({ seq }) => seq !== 2), { ...snapshot(6) }, push(7, "a", "e")];
  expect(replay(later)).toMatchObject({ history: { present: { name: "e" } }, lost: 3 });
});

test("without a snapshot there is nothing to recover", () => {
  expect(replay([])).toBeNull();
  expect(replay(journal().slice(1))).toBeNull();
  expect(replay([null, 3, "x", { draft: "d", seq: 0 }])).toBeNull();
});

test("patches that lead to a prototype are refused", () => {
  const hostile = record(1, {
    do: "push",
    entry: {
      ...entry("a", "b"),
      forward: [{ op: "add", path: ["__proto__", "polluted"], value: 1 }],
    },
  });
  expect(replay([snapshot(0), hostile])).toMatchObject({ history: { present: { name: "a" } } });
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("whatever befell the records, replay ends in a history that can be walked", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 200, maxLength: 400 }), (numbers) => {
      const choose = chooserOf(numbers);
      let records: unknown = journal();
      for (let edits = 1 + choose(4); edits > 0; edits -= 1) records = mutateJson(records, choose);
      if (!Array.isArray(records)) return;
      const recovered = replay(records as readonly unknown[]);
      if (recovered === null) return;
      let { history } = recovered;
      while (history.past.length > 0) history = undo(history);
      while (history.future.length > 0) history = redo(history);
      expect(readDocument(history.present).issues).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
