import type { Point } from "../document/ui.ts";

/** A cubic Bézier curve: its ends, and between them its control points. */
export type Curve = readonly [Point, Point, Point, Point];

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

/** A smooth way from a port to another through bends: to the right out of the one, from the left into the other. */
export function curvesOf(
  { sourceX, sourceY, targetX, targetY }: Ends,
  bends: readonly Point[],
): readonly Curve[] {
  const points: readonly Point[] = [...bends, [targetX, targetY]];
  let from: Point = [sourceX, sourceY];
  return points.map((to) => {
    const reach = reachOf(to[0] - from[0]);
    const curve: Curve = [from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to];
    from = to;
    return curve;
  });
}

/** Wires that lead back swing out, and no further than they must. */
const reachOf = (across: number): number =>
  across >= 0 ? across / 2 : Math.max(24, 6.25 * Math.sqrt(-across));

export function pathOf(curves: readonly Curve[]): string {
  const [start] = curves[0] ?? [];
  if (start === undefined) return "";
  const steps = curves.map(([, a, b, to]) => `C ${a.join(" ")}, ${b.join(" ")}, ${to.join(" ")}`);
  return [`M ${start.join(" ")}`, ...steps].join(" ");
}

/** The middle of the curve in the middle. */
export function middleOf(curves: readonly Curve[]): Point {
  const curve = curves[Math.floor(curves.length / 2)];
  return curve === undefined ? [0, 0] : at(curve, 0.5);
}

/** The same way without its first and last piece: there a press is for the port that lies under it. */
export function withoutEnds(curves: readonly Curve[], length: number): readonly Curve[] {
  const last = curves.length - 1;
  return curves.map((curve, i) => {
    const from = i === 0 ? shareOf(curve, length) : 0;
    const to = i === last ? 1 - shareOf(curve, length) : 1;
    return part(curve, from, to);
  });
}

/** About how much of a curve a length at its end is. */
function shareOf([a, , , b]: Curve, length: number): number {
  const whole = Math.hypot(b[0] - a[0], b[1] - a[1]);
  return Math.min(0.4, length / Math.max(1, whole));
}

const between = ([x, y]: Point, [u, v]: Point, t: number): Point => [
  x + (u - x) * t,
  y + (v - y) * t,
];

function at([a, b, c, d]: Curve, t: number): Point {
  const [ab, bc, cd] = [between(a, b, t), between(b, c, t), between(c, d, t)];
  return between(between(ab, bc, t), between(bc, cd, t), t);
}

/** The piece of a curve between two of its points (de Casteljau). */
function part(curve: Curve, from: number, to: number): Curve {
  const before = head(curve, to);
  const [a, b, c, d] = before;
  return to === 0 ? before : reversed(head(reversed([a, b, c, d]), 1 - from / to));
}

function head([a, b, c, d]: Curve, t: number): Curve {
  const [ab, bc, cd] = [between(a, b, t), between(b, c, t), between(c, d, t)];
  const [abc, bcd] = [between(ab, bc, t), between(bc, cd, t)];
  return [a, ab, abc, between(abc, bcd, t)];
}

const reversed = ([a, b, c, d]: Curve): Curve => [d, c, b, a];
