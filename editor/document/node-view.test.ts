import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { openSampler as open, samplerNames as names } from "../../test/support/samplers.ts";
import { graphScope, innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import { analyse } from "./analysis.ts";
import { edit, startHistory } from "./history.ts";
import { readsOf, rootScopes } from "./reads.ts";
import { nodeView, outputView, slotView, zoneBox, type NodeView } from "./node-view.ts";
import { sourceKeyOf } from "./wires.ts";

function viewsOf(document: Document): readonly NodeView[] {
  const analysis = analyse(document, registry);
  const inside = (scope: Scope): readonly NodeView[] =>
    Object.entries(scope.body).flatMap(([id, node]) => [
      ...[nodeView(scope, id, analysis, registry)].filter((view) => view !== null),
      ...innerScopes(scope, id, node).flatMap(inside),
    ]);
  return rootScopes(document).flatMap((scope) => {
    if (scope.kind !== "root") return [];
    const outputs = scope.block === null ? document.outputs : document.blocks[scope.block]?.outputs;
    return [
      ...inside(scope),
      ...Object.keys(scope.inputs).map((name) => slotView(scope, name, registry)),
      ...Object.keys(outputs ?? {}).map((name) => outputView(scope, name, analysis, registry)),
    ].filter((view) => view !== null);
  });
}

const sources = (view: NodeView) => [
  ...view.outputs,
  ...view.rails.flatMap(({ current }) => current),
];
const sinks = (view: NodeView) => [...view.inputs, ...view.rails.flatMap(({ next }) => next)];

describe("views of every sampler", () => {
  test.each(names)("%s: every wire begins and ends at a port that is drawn", (name) => {
    const document = open(name);
    const views = viewsOf(document);
    const begins = new Set(views.flatMap(sources).map(({ key }) => key));
    const ends = new Set(views.flatMap(sinks).map(({ key }) => key));
    for (const wire of readsOf(document).filter(({ inExpression }) => !inExpression)) {
      expect(ends).toContain(wire.key);
      expect(begins).toContain(wire.from === null ? null : sourceKeyOf(wire.from.source));
    }
    for (const view of views)
      for (const port of [...sources(view), ...sinks(view)])
        if (port.ref !== null && !(port.param && port.row === null))
          expect(port.row).not.toBeNull();
  });

  test.each(names)("%s: no type is unknown and nothing is missing", (name) => {
    for (const view of viewsOf(open(name))) {
      expect(["ghost"]).not.toContain(view.kind);
      for (const port of [...sources(view), ...sinks(view)]) {
        expect(port.type, port.key).not.toBeNull();
        expect(port.missing, port.key).toBe(false);
      }
    }
  });
});

describe(nodeView.name, () => {
  test("[V3] rows never overlap: a handle lies inside its node, and one to a row on each side", () => {
    for (const view of names.flatMap((name) => viewsOf(open(name)))) {
      for (const side of [view.inputs, view.outputs]) {
        const rows = side.flatMap(({ row }) => (row === null ? [] : [row]));
        expect(new Set(rows).size, view.key).toBe(rows.length);
        expect(Math.max(-1, ...rows)).toBeLessThan(view.rows);
      }
    }
  });

  test("[V1] an edit elsewhere leaves the same object; one that changes the node does not", () => {
    const before = startHistory(open("daps"));
    const after = edit(before, { label: { key: "x" } }, (draft) => {
      const zone = draft.graph["anneal"];
      if (zone?.type === "zone/for-each")
        (zone as unknown as { body: Record<string, { params: unknown }> }).body["renoise"]!.params =
          {
            stream: "other",
          };
    }).present;
    const views = (document: Document) =>
      new Map(viewsOf(document).map((view) => [view.key, view]));
    const [old, now] = [views(before.present), views(after)];
    const changed = [...now].filter(([key, view]) => old.get(key) !== view).map(([key]) => key);
    expect(changed).toEqual(["graph/anneal/body/renoise"]);
  });

  test("a state of depth 3 shows two earlier values", () => {
    const document = edit(startHistory(open("daps")), { label: { key: "x" } }, (draft) => {
      const zone = draft.graph["anneal"] as { states: Record<string, { depth?: 3 }> };
      zone.states["x"]!.depth = 3;
    }).present;
    const view = nodeView(graphScope(document), "anneal", analyse(document, registry), registry);
    const state = view?.rails.find(({ kind }) => kind === "state");
    expect(state?.current.map(({ ref, label }) => [ref, label])).toEqual([
      ["@x", "x"],
      ["@x.1", "x₋₁"],
      ["@x.2", "x₋₂"],
    ]);
  });

  test("a ghost shows the wires into it and the outputs that are read", () => {
    const document: Document = {
      ...open("ddnm"),
      graph: {
        odd: { type: "their/thing", v: 3, in: { a: "@operator" } },
        read: { type: "their/other", v: 1, in: { b: "odd.c" } },
      },
      outputs: {},
    };
    const view = nodeView(graphScope(document), "odd", analyse(document, registry), registry);
    expect(view).toMatchObject({ kind: "ghost", title: "their/thing" });
    expect(view?.inputs.map(({ name, ref }) => [name, ref])).toEqual([["a", "@operator"]]);
    expect(view?.outputs.map(({ name }) => name)).toEqual(["c"]);
  });
});

test(`${zoneBox.name}: the body's origin stays while the frame grows around its nodes`, () => {
  const document = open("daps");
  const view = nodeView(graphScope(document), "anneal", analyse(document, registry), registry);
  if (view === null) throw new Error("no zone");
  const at = (x: number, y: number) =>
    zoneBox(view, [{ key: "graph/anneal/body", boxes: [{ x, y, width: 100, height: 50 }] }]);
  const [here, there] = [at(0, 0), at(-80, -30)];
  expect(there.bodies[0]?.origin).toEqual(here.bodies[0]?.origin);
  expect(there).toMatchObject({ x: -80, y: -30 });
  expect(at(900, 0).width).toBeGreaterThan(1000);
});
