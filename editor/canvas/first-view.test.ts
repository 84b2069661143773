import { describe, expect, test } from "vitest";
import { firstView, nearZoom } from "./first-view.ts";
import type { Rect } from "./view-window.ts";

const room = { width: 1000, height: 500 };
const of = (rects: Readonly<Record<string, Rect>>, zones: readonly string[] = []) =>
  firstView({ nodes: new Map(Object.entries(rects)) }, zones, room);

/** A rectangle as it lies on the screen. */
function onScreen([left, top, right, bottom]: Rect, view: ReturnType<typeof firstView>): Rect {
  const { x = 0, y = 0, zoom = 1 } = view ?? {};
  return [left * zoom + x, top * zoom + y, right * zoom + x, bottom * zoom + y];
}

const lies = ([left, top, right, bottom]: Rect): boolean =>
  left >= 0 && top >= 0 && right <= room.width && bottom <= room.height;

describe("what is seen of a body at first", () => {
  test("is all of it, where it can be read then", () => {
    const all: Rect = [-200, -100, 1400, 700];
    const view = of({ a: [-200, -100, 0, 0], zone: [300, 0, 1400, 700] }, ["zone"]);
    expect(view?.zoom).toBeGreaterThanOrEqual(nearZoom);
    expect(lies(onScreen(all, view))).toBe(true);
  });

  test("is the largest zone, where all of it would be too small", () => {
    const zone: Rect = [2000, 0, 3200, 500];
    const view = of({ a: [0, 0, 200, 100], small: [4000, 0, 4300, 200], zone }, ["small", "zone"]);
    expect(view?.zoom).toBeGreaterThanOrEqual(nearZoom);
    expect(lies(onScreen(zone, view))).toBe(true);
  });

  test("is where the largest zone begins, where that is too large too", () => {
    const zone: Rect = [2000, 100, 8000, 500];
    const view = of({ a: [0, 0, 200, 100], zone }, ["zone"]);
    const [left, top, , bottom] = onScreen(zone, view);
    expect(view?.zoom).toBeGreaterThanOrEqual(nearZoom);
    expect([left, top].every((side) => side > 0)).toBe(true);
    expect(left).toBeLessThan(0.1 * room.width);
    expect(top + bottom).toBeCloseTo(room.height);
  });

  test("is where it begins, where it has no zone", () => {
    const [left, top] = onScreen([0, 0, 0, 0], of({ a: [0, 0, 9000, 9000] }));
    expect([left, top]).toEqual([80, 40]);
  });

  test("is nothing of an empty body", () => {
    expect(of({})).toBeNull();
  });
});
