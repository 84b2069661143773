import { produce } from "immer";
import { expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { graphScope } from "../../../runtime/graph/scope.ts";
import { analyse, followed } from "../analysis.ts";
import { copy } from "../clipboard.ts";
import { nodeView } from "../node-view.ts";
import { labelOf } from "../ui.ts";
import { setLabel } from "./marks.ts";
import { paste } from "./paste.ts";
import { remove } from "./remove.ts";
import { rename } from "./rename.ts";

const document: Document = {
  denoodle: 1,
  name: "Two",
  inputs: { x: { kind: "signal" } },
  graph: {
    half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@x" } },
    again: { type: "math/scale", v: 1, in: { x: "half.x" } },
  },
  outputs: { x: "again.x" },
  blocks: {},
};
const key = "graph/half";
const labelled = produce(document, (draft) => setLabel(draft, key, "  Half of it "));

test("a node is drawn under its label, while wires name it by its id", () => {
  const before = analyse(document, registry);
  const plain = nodeView(graphScope(document), "half", before, registry);
  expect(plain).toMatchObject({ label: null, title: "Scale", id: "half" });
  const after = followed(before, labelled, registry);
  const view = nodeView(graphScope(labelled), "half", after, registry);
  expect(view).toMatchObject({ label: "Half of it", title: "Scale", id: "half" });
  expect(nodeView(graphScope(labelled), "half", after, registry)).toBe(view);
  expect(nodeView(graphScope(document), "half", before, registry)).toBe(plain);
  expect(labelled.graph).toBe(document.graph);
});

test("a label as long as two nodes makes the card as wide as cards get", () => {
  const long = produce(document, (draft) => setLabel(draft, key, "m".repeat(90)));
  const width = (of: Document) =>
    nodeView(graphScope(of), "half", analyse(of, registry), registry)?.width;
  expect(width(long)).toBeGreaterThan(width(document) ?? Infinity);
});

test("no text takes the label away, and the same text changes nothing", () => {
  expect(
    labelOf(
      produce(labelled, (draft) => setLabel(draft, key, " ")),
      key,
    ),
  ).toBeNull();
  expect(produce(labelled, (draft) => setLabel(draft, key, "Half of it"))).toBe(labelled);
  expect(produce(document, (draft) => setLabel(draft, key, ""))).toBe(document);
});

test("it follows its node to another id, and goes with it", () => {
  const renamed = produce(labelled, (draft) => void rename(draft, key, "less"));
  expect(labelOf(renamed, "graph/less")).toBe("Half of it");
  expect(labelOf(renamed, key)).toBeNull();
  const gone = produce(labelled, (draft) => remove(draft, [key]));
  expect(gone.ui).toMatchObject({ labels: {} });
});

test("a copy has it too", () => {
  const clip = copy(labelled, [key]);
  expect(clip).not.toBeNull();
  if (clip === null) return;
  let pasted: readonly string[] = [];
  const both = produce(labelled, (draft) => {
    pasted = paste(draft, clip, { body: "graph", at: [0, 0], withWires: false, registry });
  });
  expect(pasted).toEqual(["graph/half2"]);
  expect(labelOf(both, "graph/half2")).toBe("Half of it");
  expect(labelOf(both, key)).toBe("Half of it");
});
