import fc from "fast-check";
import { expect, test } from "vitest";
import {
  extentsOf,
  inSight,
  rectOf,
  tilesInSight,
  type Item,
  type Rect,
  type Scene,
  type Wire,
} from "./view-window.ts";

const place = fc.record({
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
});

/** Items of which some lie in those before them, and wires between any of them and one that is not drawn. */
const scene: fc.Arbitrary<Scene<Item, Wire>> = fc
  .array(fc.tuple(place, fc.option(fc.nat()), fc.integer({ min: 1, max: 600 })), {
    minLength: 1,
    maxLength: 30,
  })
  .chain((rows) => {
    const nodes = rows.map(([position, parent, side], i): Item => ({
      id: `n${i}`,
      position,
      width: side,
      height: side / 2,
      ...(parent === null || i === 0 ? {} : { parentId: `n${parent % i}` }),
    }));
    const end = fc.nat({ max: nodes.length }).map((i) => `n${i}`);
    return fc
      .array(fc.record({ source: end, target: end }), { maxLength: 30 })
      .map((edges) => ({ nodes, edges }));
  });

const rect: fc.Arbitrary<Rect> = fc
  .tuple(place, fc.nat({ max: 2000 }), fc.nat({ max: 2000 }))
  .map(([{ x, y }, width, height]) => [x, y, x + width, y + height]);

const touches = (a: Rect, b: Rect): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

test("all that touches what is in sight is given, and what holds it, parents first", () => {
  fc.assert(
    fc.property(scene, rect, (all, within) => {
      const extents = extentsOf(all);
      const { nodes } = inSight(all, extents, within, []);
      const ids = nodes.map(({ id }) => id);
      for (const [id, extent] of extents.nodes)
        if (touches(extent, within)) expect(ids).toContain(id);
      for (const [i, { parentId }] of nodes.entries())
        if (parentId !== undefined) expect(ids.slice(0, i)).toContain(parentId);
    }),
  );
});

test("a wire is given with both its ends, wherever the line between them passes", () => {
  fc.assert(
    fc.property(scene, rect, fc.double({ min: 0, max: 1, noNaN: true }), (all, within, share) => {
      const extents = extentsOf(all);
      const { nodes, edges } = inSight(all, extents, within, []);
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { source, target } of edges)
        expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
      for (const edge of all.edges) {
        const [a, b] = [extents.nodes.get(edge.source), extents.nodes.get(edge.target)];
        if (a === undefined || b === undefined) continue;
        const x = a[2] + share * (b[0] - a[2]);
        const y = a[1] + share * (b[1] - a[1]);
        if (touches([x, y, x, y], within)) expect(edges).toContain(edge);
      }
    }),
  );
});

test("far from everything only what is kept is given, with what holds it", () => {
  fc.assert(
    fc.property(scene, (all) => {
      const kept = all.nodes.at(-1)?.id ?? "";
      const { nodes, edges } = inSight(all, extentsOf(all), [1e6, 1e6, 1e6, 1e6], [kept, "gone"]);
      expect(edges).toEqual([]);
      expect(nodes.at(-1)?.id).toBe(kept);
      expect(nodes[0]?.parentId).toBeUndefined();
      expect(nodes.slice(1).every(({ parentId }) => parentId !== undefined)).toBe(true);
    }),
  );
});

test("tiles cover what is in sight, and are the same while no border is crossed", () => {
  for (const zoom of [0.05, 0.3, 1, 2.5])
    for (const shift of [-3000, -7, 0, 411]) {
      const [left, top, right, bottom] = rectOf(tilesInSight([shift, shift, zoom], 900, 600));
      const corner = -shift / zoom;
      expect(left).toBeLessThanOrEqual(corner);
      expect(top).toBeLessThanOrEqual(corner);
      expect(right).toBeGreaterThanOrEqual(corner + 900 / zoom);
      expect(bottom).toBeGreaterThanOrEqual(corner + 600 / zoom);
    }
  expect(tilesInSight([-20, -20, 1], 900, 600)).toBe(tilesInSight([-60, -80, 1], 900, 600));
});
