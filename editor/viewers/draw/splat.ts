import type { Points } from "../data/points.ts";
import type { Extent } from "./axes.ts";

/** Two of the dims of a cloud, drawn to the right and upwards. */
export type AxisPair = readonly [x: number, y: number];

export interface Splat {
  readonly points: Points;
  readonly axes: AxisPair;
  readonly extent: Extent;
  /** Of the surface, in its pixels. */
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Of one point, 0 to 1; where points pile up the layer grows opaque. */
  readonly opacity: number;
}

/** How many points were not drawn: outside the axes, or with a coordinate that is no finite number. */
export interface Unseen {
  readonly outside: number;
  readonly notFinite: number;
}

/** Places between two pixels that a point's disc is drawn for, so that slow points move smoothly. */
const subpixels = 4;

/**
 * Writes the opacity of a cloud of discs into `coverage` (0 to 1, one number a pixel, overwritten): 1 − ∏ (1 − opacity)
 * over the discs there.
 */
export function splat(request: Splat, coverage: Float32Array): Unseen {
  const { points, axes, extent, width, height, radius, opacity } = request;
  const kernel = discs(radius, opacity);
  const [sx, sy] = [width / (extent.x[1] - extent.x[0]), height / (extent.y[1] - extent.y[0])];
  const surface = { width, height, coverage };
  let [outside, notFinite] = [0, 0];
  coverage.fill(0, 0, width * height);
  for (let i = 0; i < points.count; i++) {
    const x = ((points.values[i * points.dims + axes[0]] ?? 0) - extent.x[0]) * sx;
    const y = (extent.y[1] - (points.values[i * points.dims + axes[1]] ?? 0)) * sy;
    if (x + y - (x + y) !== 0) notFinite++;
    else if (x < -radius || y < -radius || x > width + radius || y > height + radius) outside++;
    else stamp(surface, kernel, x, y);
  }
  return { outside, notFinite };
}

interface Discs {
  readonly side: number;
  /** One disc of side × side for each of the subpixel places. */
  readonly tables: readonly Float32Array[];
}

function discs(radius: number, opacity: number): Discs {
  const reach = Math.ceil(radius + 1);
  const side = 2 * reach + 1;
  const tables = Array.from({ length: subpixels ** 2 }, (_, place) => {
    const cx = reach + (place % subpixels) / subpixels;
    const cy = reach + Math.floor(place / subpixels) / subpixels;
    return Float32Array.from({ length: side * side }, (_, i) => {
      const distance = Math.hypot((i % side) + 0.5 - cx, Math.floor(i / side) + 0.5 - cy);
      return opacity * Math.min(1, Math.max(0, radius + 0.5 - distance));
    });
  });
  return { side, tables };
}

interface Surface {
  readonly width: number;
  readonly height: number;
  readonly coverage: Float32Array;
}

function stamp(
  { width, height, coverage }: Surface,
  { side, tables }: Discs,
  x: number,
  y: number,
): void {
  const [cx, cy] = [Math.floor(x * subpixels), Math.floor(y * subpixels)];
  const left = Math.floor(cx / subpixels) - (side >> 1);
  const top = Math.floor(cy / subpixels) - (side >> 1);
  const disc =
    tables[
      (((cy % subpixels) + subpixels) % subpixels) * subpixels +
        (((cx % subpixels) + subpixels) % subpixels)
    ];
  if (disc === undefined) return;
  const [x0, x1] = [Math.max(0, -left), Math.min(side, width - left)];
  const y1 = Math.min(side, height - top);
  for (let dy = Math.max(0, -top); dy < y1; dy++) {
    const row = (top + dy) * width + left;
    for (let dx = x0; dx < x1; dx++) {
      const over = disc[dy * side + dx] ?? 0;
      const under = coverage[row + dx] ?? 0;
      coverage[row + dx] = under + over * (1 - under);
    }
  }
}

/** Fills RGBA bytes with one colour at the opacities of `coverage`. */
export function tint(
  coverage: Float32Array,
  [r, g, b]: readonly [number, number, number],
  pixels: Uint8ClampedArray,
): void {
  for (let i = 0; i * 4 < pixels.length; i++) {
    pixels[4 * i] = r;
    pixels[4 * i + 1] = g;
    pixels[4 * i + 2] = b;
    pixels[4 * i + 3] = 255 * (coverage[i] ?? 0);
  }
}
