import { expect, test } from "vitest";
import type { Document } from "../../../runtime/graph/document.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { edit, startHistory, undo } from "../history.ts";
import { uiOf } from "../ui.ts";
import { forgetView, keepView, moveView, renameView } from "./views.ts";
import { rename } from "./rename.ts";
import { remove } from "./remove.ts";

const text = JSON.stringify({
  denoodle: 1,
  name: "views",
  graph: { loop: { type: "zone/repeat", v: 1, params: { count: 2 }, body: {} } },
});

function graph(): Document {
  const { document } = readDocument(text);
  if (document === null) throw new Error("the graph does not read");
  return document;
}

const label = { key: "canvas.views.keep" };
const view = (name: string, scope: string, at: [number, number] = [0.4, 10.6]) => ({
  name,
  scope,
  at,
  size: [100.2, 50] as [number, number],
});

test("a view is kept on whole pixels, replaced under its name, forgotten, and all of it undone", () => {
  let history = startHistory(graph());
  history = edit(history, { label }, (draft) => keepView(draft, view("all", "graph")));
  history = edit(history, { label }, (draft) => keepView(draft, view("loop", "graph")));
  history = edit(history, { label }, (draft) => keepView(draft, view("all", "graph", [7, 8])));
  expect(uiOf(history.present).views.map(({ name, at }) => [name, ...at])).toEqual([
    ["all", 7, 8],
    ["loop", 0, 11],
  ]);
  history = edit(history, { label }, (draft) => forgetView(draft, "all"));
  expect(uiOf(history.present).views).toHaveLength(1);
  while (history.past.length > 0) history = undo(history);
  expect(history.present).toEqual(graph());
});

test("a view of a body follows its zone, and goes with it", () => {
  let history = startHistory(graph());
  history = edit(history, { label }, (draft) => keepView(draft, view("in", "graph/loop/body")));
  history = edit(history, { label }, (draft) => void rename(draft, "graph/loop", "anneal"));
  expect(uiOf(history.present).views[0]?.scope).toBe("graph/anneal/body");
  history = edit(history, { label }, (draft) => remove(draft, ["graph/anneal"]));
  expect(uiOf(history.present).views).toEqual([]);
});

test("views are renamed, unless another has the name, and put elsewhere in the list", () => {
  let history = startHistory(graph());
  for (const name of ["a", "b", "c"])
    history = edit(history, { label }, (draft) => keepView(draft, view(name, "graph")));
  const names = () => uiOf(history.present).views.map(({ name }) => name);
  history = edit(history, { label }, (draft) => renameView(draft, "b", "c"));
  expect(names()).toEqual(["a", "b", "c"]);
  history = edit(history, { label }, (draft) => renameView(draft, "b", "loop"));
  expect(names()).toEqual(["a", "loop", "c"]);
  history = edit(history, { label }, (draft) => moveView(draft, "c", -1));
  expect(names()).toEqual(["a", "c", "loop"]);
  history = edit(history, { label }, (draft) => moveView(draft, "a", 9));
  expect(names()).toEqual(["c", "loop", "a"]);
  history = edit(history, { label }, (draft) => moveView(draft, "nobody", 1));
  expect(names()).toEqual(["c", "loop", "a"]);
  expect(uiOf(undo(history).present).views.map(({ name }) => name)).toEqual(["a", "c", "loop"]);
});
