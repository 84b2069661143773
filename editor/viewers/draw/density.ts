import type { Points } from "../data/points.ts";
import type { Extent } from "./axes.ts";
import type { AxisPair } from "./splat.ts";

/** A function of the plane on a grid over `extent`: `values[row * columns + column]`, row 0 at the top. */
export interface DensityGrid {
  readonly extent: Extent;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** A function of the plane at the middles of the cells. */
export function gridOfFunction(
  density: (x: number, y: number) => number,
  extent: Extent,
  columns: number,
  rows: number,
): DensityGrid {
  const values = Float32Array.from({ length: columns * rows }, (_, i) => {
    const x = extent.x[0] + (((i % columns) + 0.5) / columns) * (extent.x[1] - extent.x[0]);
    const y = extent.y[1] - ((Math.floor(i / columns) + 0.5) / rows) * (extent.y[1] - extent.y[0]);
    return density(x, y);
  });
  return { extent, columns, rows, values };
}

/** Points a cell, smoothed by three box filters of `2 radius + 1` cells, which is nearly a Gaussian; their sum stays. */
export function gridOfPoints(
  points: Points,
  axes: AxisPair,
  extent: Extent,
  {
    columns,
    rows,
    radius,
  }: { readonly columns: number; readonly rows: number; readonly radius: number },
): DensityGrid {
  const values = new Float32Array(columns * rows);
  for (let i = 0; i < points.count; i++) {
    const x = points.values[i * points.dims + axes[0]] ?? NaN;
    const y = points.values[i * points.dims + axes[1]] ?? NaN;
    const column = Math.floor(((x - extent.x[0]) / (extent.x[1] - extent.x[0])) * columns);
    const row = Math.floor(((extent.y[1] - y) / (extent.y[1] - extent.y[0])) * rows);
    if (column >= 0 && column < columns && row >= 0 && row < rows) {
      const at = row * columns + column;
      values[at] = (values[at] ?? 0) + 1;
    }
  }
  for (let pass = 0; pass < 3; pass++) {
    for (let row = 0; row < rows; row++)
      boxFilter(values, { start: row * columns, step: 1, count: columns, radius });
    for (let column = 0; column < columns; column++)
      boxFilter(values, { start: column, step: columns, count: rows, radius });
  }
  return { extent, columns, rows, values };
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly radius: number;
}

/** A running mean along a line, in place; beyond its ends there is nothing. */
function boxFilter(values: Float32Array, { start, step, count, radius }: Line): void {
  const before = Float32Array.from({ length: count }, (_, i) => values[start + i * step] ?? 0);
  let sum = 0;
  for (let i = 0; i < Math.min(radius, count); i++) sum += before[i] ?? 0;
  for (let i = 0; i < count; i++) {
    sum += before[i + radius] ?? 0;
    values[start + i * step] = sum / (2 * radius + 1);
    sum -= before[i - radius] ?? 0;
  }
}

/**
 * The levels whose regions {density ≥ level} hold the given parts of the whole: 0.5 is the region of highest density
 * with half of all in it.
 */
export function levelsOfMass(values: Float32Array, parts: readonly number[]): readonly number[] {
  // Without a comparison of our own, numbers are sorted many times faster.
  const sorted = values.toSorted().toReversed();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return parts.map((part) => {
    let [sum, i] = [0, 0];
    while (i < sorted.length && sum < part * total) sum += sorted[i++] ?? 0;
    return sorted[Math.max(0, i - 1)] ?? 0;
  });
}
