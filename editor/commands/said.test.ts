import { describe, expect, test } from "vitest";
import {
  edit,
  endGesture,
  goTo,
  type History,
  redo,
  startHistory,
  undo,
} from "../document/history.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { happened } from "./said.ts";

const empty: Document = { denoodle: 1, name: "", inputs: {}, graph: {}, outputs: {}, blocks: {} };
const named = (history: History, name: string, gesture?: string): History =>
  edit(
    history,
    { label: { key: name }, ...(gesture === undefined ? {} : { gesture }) },
    (draft) => {
      draft.name = name;
    },
  );

describe(happened, () => {
  const start = startHistory(empty);
  const one = named(start, "one");
  const two = named(one, "two");

  test("says an edit, and what was undone and redone", () => {
    expect(happened(start, one)).toEqual({ how: "done", labels: [{ key: "one" }] });
    expect(happened(two, undo(two))).toEqual({ how: "undone", labels: [{ key: "two" }] });
    expect(happened(undo(two), redo(undo(two)))).toEqual({
      how: "redone",
      labels: [{ key: "two" }],
    });
  });

  test("says all that a jump takes back or brings back, the last first", () => {
    const back = goTo(two, 0);
    expect(happened(two, back)?.labels.map(({ key }) => key)).toEqual(["two", "one"]);
    expect(happened(back, goTo(back, 2))?.labels.map(({ key }) => key)).toEqual(["one", "two"]);
  });

  test("says an edit that is made after undoing, not a redo", () => {
    const before = undo(two);
    expect(happened(before, named(before, "three"))).toEqual({
      how: "done",
      labels: [{ key: "three" }],
    });
  });

  test("says a gesture once, and the next one of the same kind again", () => {
    const first = named(start, "a", "drag");
    const grown = named(first, "b", "drag");
    expect(happened(start, first)?.how).toBe("done");
    expect(happened(first, grown)).toBeNull();
    const ended = endGesture(grown);
    expect(happened(grown, ended)).toBeNull();
    expect(happened(ended, named(ended, "c", "drag"))?.how).toBe("done");
  });

  test("says an edit while the history is full", () => {
    let history = start;
    for (let i = 0; i < 501; i += 1) history = named(history, `n${i}`);
    expect(happened(history, named(history, "last"))?.labels).toEqual([{ key: "last" }]);
  });
});
