import type { Fit } from "./fit-photo.ts";

/** A point of a photo, in its pixels. */
export type Spot = readonly [x: number, y: number];

/** One gesture on the mask, in pixels of the photo, so that another size of the result keeps it. */
export type Stroke =
  | {
      readonly shape: "brush";
      /** False where it takes away from the mask. */
      readonly marks: boolean;
      readonly radius: number;
      readonly path: readonly Spot[];
    }
  | {
      readonly shape: "rectangle";
      readonly marks: boolean;
      readonly from: Spot;
      readonly to: Spot;
    };

/** What is missing of a fitted photo, row by row: 1 where it is. */
export type Mask = Uint8Array;

/** The mask that strokes make, one after another. */
export function maskOf(strokes: readonly Stroke[], fit: Fit): Mask {
  const mask = new Uint8Array(fit.width * fit.height);
  for (const stroke of strokes) paint(mask, stroke, fit);
  return mask;
}

/** Paints a stroke over a mask. */
export function paint(mask: Mask, stroke: Stroke, fit: Fit): void {
  const scale = fit.width / fit.crop.width;
  const place = ([x, y]: Spot): Spot => [(x - fit.crop.left) * scale, (y - fit.crop.top) * scale];
  const value = stroke.marks ? 1 : 0;
  if (stroke.shape === "rectangle") {
    const [from, to] = [place(stroke.from), place(stroke.to)];
    fill(mask, fit, { low: lower(from, to), high: higher(from, to), value, isIn: () => true });
    return;
  }
  const radius = Math.max(stroke.radius * scale, 0.5);
  stroke.path.forEach((spot, i) => {
    const [a, b] = [place(stroke.path[i - 1] ?? spot), place(spot)];
    const isIn = (x: number, y: number): boolean => distance([x, y], a, b) <= radius;
    const [low, high] = [lower(a, b), higher(a, b)];
    fill(mask, fit, {
      low: [low[0] - radius, low[1] - radius],
      high: [high[0] + radius, high[1] + radius],
      value,
      isIn,
    });
  });
}

interface Fill {
  readonly low: Spot;
  readonly high: Spot;
  readonly value: number;
  /** Of the middle of a pixel. */
  readonly isIn: (x: number, y: number) => boolean;
}

/** Fills the pixels whose middles lie between two corners and in the shape. */
function fill(mask: Mask, { width, height }: Fit, { low, high, value, isIn }: Fill): void {
  const first = (edge: number): number => Math.max(0, Math.ceil(edge - 0.5));
  const last = (edge: number, length: number): number =>
    Math.min(length - 1, Math.ceil(edge - 0.5) - 1);
  for (let row = first(low[1]); row <= last(high[1], height); row += 1)
    for (let column = first(low[0]); column <= last(high[0], width); column += 1)
      if (isIn(column + 0.5, row + 0.5)) mask[row * width + column] = value;
}

const lower = (a: Spot, b: Spot): Spot => [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
const higher = (a: Spot, b: Spot): Spot => [Math.max(a[0], b[0]), Math.max(a[1], b[1])];

/** From a point to the line between two others. */
function distance([x, y]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** The share of the picture that is marked. */
export const markedShare = (mask: Mask): number =>
  mask.reduce((sum, value) => sum + value, 0) / Math.max(1, mask.length);
