import { describe, expect, test } from "vitest";
import { angleOf, distanceOf, dot, footOf, rowAlong, spanWithin, turned, waysOf } from "./line.ts";

const line = { a: [0.6, 0.8], y: 0.5, noiseStd: 0.1 } as const;

test("the foot lies on the line, as far away as the distance says", () => {
  const point = [0.7, -0.4] as const;
  const foot = footOf(line, point);
  expect(dot(line.a, foot)).toBeCloseTo(line.y);
  const apart = Math.hypot(point[0] - foot[0], point[1] - foot[1]);
  expect(Math.abs(distanceOf(line, point))).toBeCloseTo(apart);
});

test("along and across are at right angles, and across is where the value grows", () => {
  const { along, across } = waysOf(line);
  expect(dot(along, across)).toBeCloseTo(0);
  expect(dot(line.a, across)).toBeGreaterThan(0);
});

describe("turning", () => {
  test("a row along the line's own way is the same row", () => {
    const { along } = waysOf(line);
    expect(rowAlong(line.a, along)[0]).toBeCloseTo(line.a[0]);
    expect(rowAlong(line.a, along)[1]).toBeCloseTo(line.a[1]);
  });

  test.each([-80, -30, 0, 45, 90])("a line at %d degrees", (degrees) => {
    const way = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)] as const;
    const row = rowAlong([2, 0], way);
    expect(dot(row, way)).toBeCloseTo(0, 2);
    expect(Math.hypot(...row)).toBeCloseTo(2, 2);
    expect(angleOf(row)).toBeCloseTo(degrees, 0);
    expect(angleOf(turned(row, -20))).toBeCloseTo(degrees === -80 ? 80 : degrees - 20, 0);
  });
});

test("the part of a line in sight", () => {
  const extent = { x: [-1, 1], y: [-2, 2] } as const;
  expect(spanWithin(extent, [0, 0], [1, 0])).toEqual([-1, 1]);
  expect(spanWithin(extent, [0, 0], [0, 1])).toEqual([-2, 2]);
  expect(spanWithin(extent, [0, 3], [1, 0])).toBeNull();
});
