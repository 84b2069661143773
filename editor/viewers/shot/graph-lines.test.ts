import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flowOf } from "../../canvas/flow-model.ts";
import { analyse } from "../../document/analysis.ts";
import { layout } from "../../document/layout.ts";
import { registry } from "../../../nodes/index.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { boundsOf, linesOf, placedNodes } from "./graph-lines.ts";

const file = new URL("../../../graphs/examples/mixture-2d.json", import.meta.url);
const { document } = readDocument(readFileSync(file, "utf8"));
if (document === null) throw new Error("the example cannot be read");
const analysis = analyse(document, registry);
const found = layout(analysis, registry);
const flow = flowOf({ document, analysis, registry, found, scope: "graph" });
const nodes = placedNodes(flow);

test("what lies in a zone is placed inside of it", () => {
  const of = (id: string) => nodes.find(({ node }) => node.id === id);
  const [zone, inner] = [of("graph/reverse"), of("graph/reverse/body/denoise")];
  if (zone === undefined || inner === undefined) throw new Error("the zone is not drawn");
  expect(inner.x).toBeGreaterThan(zone.x);
  expect(inner.x + inner.width).toBeLessThan(zone.x + zone.width);
  expect(inner.y + inner.height).toBeLessThan(zone.y + zone.height);
});

test("every wire has both of its ends, at the border of a node, within the whole", () => {
  const lines = linesOf(flow, nodes);
  expect(lines).toHaveLength(flow.edges.length);
  const bounds = boundsOf(nodes);
  if (bounds === null) throw new Error("there is nothing");
  for (const { from, to } of lines)
    for (const [x, y] of [from, to]) {
      expect(x).toBeGreaterThanOrEqual(bounds.x - 8);
      expect(x).toBeLessThanOrEqual(bounds.x + bounds.width + 8);
      expect(y).toBeGreaterThan(bounds.y);
      expect(y).toBeLessThan(bounds.y + bounds.height);
    }
});

test("there is nothing around nothing", () => {
  expect(boundsOf([])).toBeNull();
});
