import { expect, test } from "vitest";
import { readDocument } from "../../runtime/graph/read.ts";
import { uiOf } from "./ui.ts";

const uiFrom = (ui: unknown) => {
  const { document } = readDocument(
    JSON.stringify({ denoodle: 1, name: "", graph: {}, outputs: {}, ui }),
  );
  if (document === null) throw new Error("it could not be read");
  return uiOf(document);
};

test("a place that is no place, or that nobody could see, is passed over, and no other", () => {
  const nodes = { a: [8, -16], b: [1e300, 0], c: ["8", 8], d: [1], e: null, f: [1e6, -1e6] };
  expect(uiFrom({ nodes, probes: ["x.y"] })).toMatchObject({ probes: ["x.y"] });
  expect(uiFrom({ nodes }).nodes).toEqual({ a: [8, -16], f: [1e6, -1e6] });
  expect(uiFrom({ nodes: { a: [8, -16] } }).nodes).toEqual({ a: [8, -16] });
  expect(uiFrom({ nodes: [[8, 8]] }).nodes).toEqual({});
});

test("a fault in one part leaves the others", () => {
  expect(uiFrom({ nodes: { a: [0, 0] }, views: 3, samples: -1, labels: { a: "A" } })).toMatchObject(
    {
      nodes: { a: [0, 0] },
      views: [],
      samples: null,
      labels: { a: "A" },
    },
  );
});
