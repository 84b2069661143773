import { expect, test } from "vitest";
import { curvesOf, middleOf, pathOf, withoutEnds } from "./wire-path.ts";

const ends = { sourceX: 0, sourceY: 0, targetX: 200, targetY: 100 };

test("a wire leaves to the right and arrives from the left, through its bends", () => {
  const curves = curvesOf(ends, [[50, 300]]);
  expect(curves).toHaveLength(2);
  expect(curves[0]?.[0]).toEqual([0, 0]);
  expect(curves[0]?.[3]).toEqual([50, 300]);
  expect(curves[1]?.[0]).toEqual([50, 300]);
  expect(curves[1]?.[3]).toEqual([200, 100]);
  for (const [from, out, into, to] of curves) {
    expect(out[0]).toBeGreaterThan(from[0]);
    expect(into[0]).toBeLessThan(to[0]);
    expect([out[1], into[1]]).toEqual([from[1], to[1]]);
  }
});

test("one that leads back swings out on both sides", () => {
  const [curve] = curvesOf({ ...ends, targetX: -400 }, []);
  expect(curve?.[1][0]).toBeGreaterThan(24);
  expect(curve?.[2][0]).toBeLessThan(-424);
});

test("what is pressed begins and ends beside the ports, on the same curve", () => {
  const whole = curvesOf(ends, []);
  const [inner] = withoutEnds(whole, 16);
  const [start, , , end] = inner ?? [];
  const far = ([x, y]: readonly [number, number], u: number, v: number) => Math.hypot(x - u, y - v);
  expect(far(start ?? [0, 0], 0, 0)).toBeGreaterThan(12);
  expect(far(end ?? [200, 100], 200, 100)).toBeGreaterThan(12);
  const [x, y] = middleOf(withoutEnds(whole, 16));
  expect(x).toBeCloseTo(100, 6);
  expect(y).toBeCloseTo(50, 6);
  expect(middleOf(whole)).toEqual([100, 50]);
});

test("a short wire keeps something to press", () => {
  const short = { sourceX: 0, sourceY: 0, targetX: 20, targetY: 0 };
  const [inner] = withoutEnds(curvesOf(short, []), 16);
  expect((inner?.[3][0] ?? 0) - (inner?.[0][0] ?? 0)).toBeGreaterThan(2);
  expect(pathOf([])).toBe("");
});
