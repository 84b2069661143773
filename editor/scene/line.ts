import type { Extent } from "../viewers/draw/axes.ts";
import type { MeasurementLine } from "../viewers/scene/scene.ts";
import { rounded, type Vector } from "./mixture.ts";

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1];
export const moved = (from: Vector, way: Vector, by: number): Vector => [
  from[0] + way[0] * by,
  from[1] + way[1] * by,
];

/** The ways along the line and across it, each of length 1; across is where the measured value grows. */
export function waysOf({ a }: MeasurementLine): {
  readonly along: Vector;
  readonly across: Vector;
} {
  const size = Math.hypot(...a);
  return { along: [-a[1] / size, a[0] / size], across: [a[0] / size, a[1] / size] };
}

/** The point of the line that is nearest to another. */
export function footOf(line: MeasurementLine, point: Vector): Vector {
  const { a, y } = line;
  return moved(point, a, (y - dot(a, point)) / dot(a, a));
}

/** How far a point lies off the line, to the side where the measured value is larger. */
export const distanceOf = ({ a, y }: MeasurementLine, point: Vector): number =>
  (dot(a, point) - y) / Math.hypot(...a);

/** The row of the same length whose line runs along a way. */
export function rowAlong(row: Vector, [x, y]: Vector): Vector {
  const size = Math.hypot(...row) / Math.hypot(x, y);
  return [rounded(y * size), rounded(-x * size)];
}

/** The row, turned counterclockwise. */
export function turned([a, b]: Vector, degrees: number): Vector {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [rounded(a * c - b * s), rounded(a * s + b * c)];
}

/** The angle of the line to the horizontal, in degrees from -90 to 90. */
export function angleOf([a, b]: Vector): number {
  const angle = (Math.atan2(a, -b) * 180) / Math.PI;
  return angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle;
}

/** The part of a line that lies within the extent, as distances from a point of it; null where it passes by. */
export function spanWithin(
  { x, y }: Extent,
  [px, py]: Vector,
  [wx, wy]: Vector,
): readonly [number, number] | null {
  const [xs, ys] = [between(x, px, wx), between(y, py, wy)];
  const [low, high] = [Math.max(xs[0], ys[0]), Math.min(xs[1], ys[1])];
  return low < high ? [low, high] : null;
}

function between([low, high]: readonly [number, number], at: number, way: number): Vector {
  if (Math.abs(way) < 1e-9) return at >= low && at <= high ? [-Infinity, Infinity] : [0, 0];
  const ends = [(low - at) / way, (high - at) / way];
  return [Math.min(...ends), Math.max(...ends)];
}
