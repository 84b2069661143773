import { expect, test } from "vitest";
import { edit, startHistory, undo } from "../../document/history.ts";
import { uiOf } from "../../document/ui.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { moveProbe, removeProbe } from "./probe-edits.ts";

const { document } = readDocument(
  JSON.stringify({
    denoodle: 1,
    name: "t",
    inputs: {},
    graph: {},
    outputs: {},
    ui: { probes: ["a.x", "b.x", "c.x"] },
  }),
);
if (document === null) throw new Error("the document of this test does not open");
const start = startHistory(document);
const label = { key: "k" };

test("a probe moves, and undo moves it back", () => {
  const moved = edit(start, { label }, moveProbe("c.x", 0));
  expect(uiOf(moved.present).probes).toEqual(["c.x", "a.x", "b.x"]);
  expect(uiOf(undo(moved).present).probes).toEqual(["a.x", "b.x", "c.x"]);
});

test("a probe is removed; one that is not there changes nothing", () => {
  expect(uiOf(edit(start, { label }, removeProbe("b.x")).present).probes).toEqual(["a.x", "c.x"]);
  expect(edit(start, { label }, removeProbe("z.x"))).toBe(start);
  expect(edit(start, { label }, moveProbe("z.x", 0))).toBe(start);
});
