import Elk from "elkjs/lib/elk.bundled.js";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { openSampler } from "../../test/support/samplers.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import { analyse } from "./analysis.ts";
import { uiNameOf, type Key } from "./keys.ts";
import { layout } from "./layout.ts";
import { nodeView, zoneBox, type Box } from "./node-view.ts";
import { rootScopes } from "./reads.ts";
import { tidy } from "./tidy.ts";
import type { Point } from "./ui.ts";

const elk = new Elk();

/** Boxes of each body, zones as large as what is in them. */
function boxesOf(document: Document, at: (key: Key) => Point): readonly (readonly Box[])[] {
  const analysis = analyse(document, registry);
  const bodies: Box[][] = [];
  const boxes = (scope: Scope): readonly Box[] => {
    const here = Object.entries(scope.body).flatMap(([id, node]): readonly Box[] => {
      const view = nodeView(scope, id, analysis, registry);
      if (view === null) return [];
      const contents = innerScopes(scope, id, node).map((inner) => ({
        key: inner.path.join("/"),
        boxes: boxes(inner),
      }));
      const { width, height } = contents.length === 0 ? view : zoneBox(view, contents);
      const [x, y] = at(view.key);
      return [{ x, y, width, height }];
    });
    bodies.push([...here]);
    return here;
  };
  for (const root of rootScopes(document)) boxes(root);
  return bodies;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function expectApart(bodies: readonly (readonly Box[])[]): void {
  for (const boxes of bodies)
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(overlaps(a, b), JSON.stringify([a, b])).toBe(false);
}

const samples = ["daps", "dps-mo", "projdiff-music", "ddrm"];

describe(layout.name, () => {
  test.each(samples)("[L1] %s: everything has a place, and nothing covers another", (name) => {
    const document = openSampler(name);
    const found = layout(analyse(document, registry), registry);
    expectApart(
      boxesOf(document, (key) => found[uiNameOf(key)] ?? expect.fail(`${key} has no place`)),
    );
  });
});

test("[L1] what stands stays: slots come before it, outputs after it", () => {
  const document = openSampler("ddrm");
  const all = layout(analyse(document, registry), registry);
  const standing = Object.entries(all)
    .filter(([name]) => /^[a-z]+$/i.test(name))
    .map(([name, [x, y]]) => [name, [x + 3000, y - 2000]] as const);
  const placed: Document = { ...document, ui: { nodes: Object.fromEntries(standing) } };
  const found = layout(analyse(placed, registry), registry);
  const xs = standing.map(([, [x]]) => x);
  expect(Object.keys(found).length).toBeGreaterThan(1);
  for (const [name, [x, y]] of Object.entries(found)) {
    if (name.startsWith("@")) expect(x, name).toBeLessThan(Math.min(...xs));
    if (name.startsWith("=")) expect(x, name).toBeGreaterThan(Math.max(...xs));
    if (/^[@=]/.test(name)) expect(y, name).toBeLessThan(0);
  }
});

describe(tidy.name, () => {
  test.each(samples)(
    "[L1] %s: everything has a place, and nothing covers another",
    async (name) => {
      const document = openSampler(name);
      const places = await tidy({
        analysis: analyse(document, registry),
        registry,
        elk,
        places: {},
      });
      expectApart(
        boxesOf(document, (key) => places.get(key) ?? expect.fail(`${key} has no place`)),
      );
      const [left] = places.get("inputs/prior") ?? [0, 0];
      const [right] = places.get("outputs/x0") ?? [0, 0];
      for (const [key, [x]] of places)
        if (/^graph\/[^/]+$/.test(key)) {
          expect(x).toBeGreaterThan(left);
          expect(x).toBeLessThan(right);
        }
    },
  );

  test("[L2] a selection alone moves, from the corner where it stood", async () => {
    const document = openSampler("daps");
    const chosen = ["graph/anneal/body/renoise", "graph/anneal/body/eta"];
    const places = { "anneal/renoise": [400, 300] as Point, "anneal/eta": [900, 160] as Point };
    const found = await tidy(
      { analysis: analyse(document, registry), registry, elk, places },
      chosen,
    );
    expect([...found.keys()].toSorted()).toEqual(chosen.toSorted());
    const points = [...found.values()];
    expect(Math.min(...points.map(([x]) => x))).toBe(400);
    expect(Math.min(...points.map(([, y]) => y))).toBe(160);
  });
});
