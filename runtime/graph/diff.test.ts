import { describe, expect, test } from "vitest";
import { diffDocuments } from "./diff.ts";
import type { Document } from "./document.ts";
import { readDocument } from "./read.ts";

function documentOf(parts: Readonly<Record<string, unknown>>): Document {
  const { document } = readDocument({ denoodle: 1, name: "n", graph: {}, ...parts });
  if (document === null) throw new Error("not a document");
  return document;
}

const body = (factor: number, from: string) => ({
  inner: { type: "math/scale", v: 1, params: { factor, list: [{ a: 1, b: 2 }] }, in: { x: from } },
});
const base = {
  inputs: { x: { kind: "signal" } },
  graph: {
    a: { type: "math/scale", v: 1, in: { x: "@x" } },
    z: {
      type: "zone/repeat",
      v: 1,
      params: { count: 3 },
      states: { s: { init: "a.x", next: "inner.x" } },
      body: body(1, "@s"),
    },
    i: {
      type: "zone/if",
      v: 1,
      in: { condition: "@x" },
      then: { body: body(1, "a.x"), outputs: { y: "inner.x" } },
      else: { body: {}, outputs: { y: "a.x" } },
    },
  },
  outputs: { y: "z.s" },
  blocks: { b: { inputs: {}, graph: body(1, "@q"), outputs: {} } },
  ui: { nodes: { a: [0, 0] } },
};

describe(diffDocuments.name, () => {
  test("[D1] layout and the order of keys are no difference", () => {
    const other = {
      ...base,
      graph: Object.fromEntries(Object.entries(base.graph).toReversed()),
      ui: {},
    };
    expect(diffDocuments(documentOf(base), documentOf(other))).toEqual([]);
  });

  test("[D1] names nodes, params, wires, rails, outputs, inputs and blocks that differ, at any depth", () => {
    const { a: _, ...graph } = base.graph;
    const other = {
      ...base,
      name: "m",
      inputs: { x: { kind: "measurement" } },
      graph: {
        ...graph,
        new: { type: "math/norm", v: 1 },
        z: {
          ...graph.z,
          params: { count: 4 },
          states: { s: { init: "@x", next: "inner.x" } },
          scans: { r: "inner.x" },
          body: body(2, "@s"),
        },
        i: { ...graph.i, then: { body: body(1, "@x"), outputs: { y: "@x" } } },
      },
      outputs: { y: "z.s", w: "z.r" },
      blocks: {
        b: { inputs: {}, graph: body(3, "@q"), outputs: {} },
        c: { inputs: {}, graph: {}, outputs: {} },
      },
    };
    const lines = diffDocuments(documentOf(base), documentOf(other)).map(
      ({ kind, what, where, name, before, after }) =>
        `${kind} ${what} ${where}${name === undefined ? "" : `.${name}`}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "changed document .name: "n" → "m"",
        "changed input .x: {"kind":"signal"} → {"kind":"measurement"}",
        "added output .w: undefined → "z.r"",
        "removed node a: "math/scale" → undefined",
        "changed param blocks/b/inner.factor: 1 → 3",
        "added block c: undefined → undefined",
        "changed output i/then.y: "inner.x" → "@x"",
        "changed wire i/then/inner.x: "a.x" → "@x"",
        "added node new: undefined → "math/norm"",
        "changed param z.count: 3 → 4",
        "added rail z.r: undefined → "inner.x"",
        "changed rail z.s: {"init":"a.x","next":"inner.x"} → {"init":"@x","next":"inner.x"}",
        "changed param z/inner.factor: 1 → 2",
      ]
    `);
  });

  test("[D1] a change of kind is told as the fields that differ", () => {
    const before = documentOf({ graph: { z: base.graph.z } });
    const after = documentOf({ graph: { z: base.graph.a } });
    expect(
      diffDocuments(before, after).map(({ what, where, name }) => `${what} ${where} ${name}`),
    ).toEqual(["node z type", "param z count", "rail z s", "wire z x", "node z/inner undefined"]);
  });
});
