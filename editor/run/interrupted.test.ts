import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Document } from "../../runtime/graph/document.ts";
import { createEditorStore } from "../state/editor-store.ts";
import { followInterruptions } from "./interrupted.ts";
import { firstState } from "./no-run.ts";
import type { RunState, RunStore } from "./run-store.ts";

const empty: Omit<Document, "name"> = {
  denoodle: 1,
  inputs: {},
  graph: {},
  outputs: {},
  blocks: {},
};

/** A tab: what it remembers survives a page, which ends when `go` is called. */
function tab() {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return {
    open(name: string) {
      const editor = createEditorStore({ ...empty, name }, name);
      const run = createStore<RunState>(() => firstState) as RunStore;
      let go = (): void => {};
      followInterruptions({ run, editor, memory, beforeGone: (tell) => void (go = tell) });
      return { run, go: () => go() };
    },
  };
}

test("a run that a reload cut off is told of on the next page of the same document, once", () => {
  const { open } = tab();
  const first = open("A");
  expect(first.run.getState().interrupted).toBeNull();
  first.run.setState({ phase: "running", zones: { loop: { iteration: 12, count: 50 } } });
  first.go();
  const second = open("A");
  expect(second.run.getState().interrupted).toEqual({ step: 12, count: 50 });
  second.go();
  expect(open("A").run.getState().interrupted).toBeNull();
});

test("one that had made no step, or whose page ended without a word, is told of too", () => {
  const { open } = tab();
  open("A").run.setState({ phase: "starting" });
  expect(open("A").run.getState().interrupted).toEqual({ step: null, count: null });
});

test("one that was done is not, nor is that of another document", () => {
  const { open } = tab();
  const first = open("A");
  first.run.setState({ phase: "running" });
  first.run.setState({ phase: "done" });
  first.go();
  expect(open("A").run.getState().interrupted).toBeNull();
  const other = open("A");
  other.run.setState({ phase: "paused" });
  other.go();
  expect(open("B").run.getState().interrupted).toBeNull();
});
