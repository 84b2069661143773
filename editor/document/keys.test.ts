import { describe, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { keyOfNode } from "./keys.ts";

const constant = { type: "math/constant", v: 1 };
const document: Document = {
  denoodle: 1,
  name: "Nested",
  inputs: { schedule: { kind: "schedule" } },
  graph: {
    loop: {
      type: "zone/for-each",
      v: 1,
      each: { level: "@schedule.levels" },
      states: {},
      body: {
        sum: constant,
        choice: {
          type: "zone/if",
          v: 1,
          in: { condition: "@isFirst" },
          then: { body: { inner: constant }, outputs: { x: "inner.x" } },
          else: { body: {}, outputs: { x: "sum.x" } },
        },
      },
    },
  },
  outputs: {},
  blocks: {},
};

describe(keyOfNode, () => {
  test("finds a node by the path that messages name it by, through zones and branches", () => {
    expect(keyOfNode(document, "loop/sum")).toBe("graph/loop/body/sum");
    expect(keyOfNode(document, "loop/choice/then/inner")).toBe(
      "graph/loop/body/choice/then/body/inner",
    );
    expect(keyOfNode(document, "loop/nobody")).toBeNull();
  });
});
