import type { DensityGrid } from "./density.ts";

/** Line pieces, four numbers each: x, y, x, y. */
export type Segments = Float32Array;

/**
 * The lines on which a grid has the value `level`, by marching squares with linear interpolation along the edges
 * between the middles of cells. A saddle is split by the mean of its corners.
 */
export function contourOf({ extent, columns, rows, values }: DensityGrid, level: number): Segments {
  const pieces: number[] = [];
  const [w, h] = [(extent.x[1] - extent.x[0]) / columns, (extent.y[1] - extent.y[0]) / rows];
  const point = (column: number, row: number): void => {
    pieces.push(extent.x[0] + (column + 0.5) * w, extent.y[1] - (row + 0.5) * h);
  };
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const [a, b] = [(values[at] ?? 0) - level, (values[at + 1] ?? 0) - level];
      const c = (values[at + columns + 1] ?? 0) - level;
      const d = (values[at + columns] ?? 0) - level;
      // Most cells are all inside or all outside.
      if (a >= 0 === b >= 0 && b >= 0 === c >= 0 && c >= 0 === d >= 0) continue;
      const corners = [a, b, c, d];
      for (const edge of edgesOf(corners)) {
        const [dx, dy] = crossing(edge, corners);
        point(column + dx, row + dy);
      }
    }
  return Float32Array.from(pieces);
}

/** For each pattern of corners inside (bit 0 top left, clockwise): pairs of edges (0 top, clockwise) that a line joins. */
const cases: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 0, 1, 2],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 1, 2, 3],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

function edgesOf(corners: readonly number[]): readonly number[] {
  const pattern = corners.reduce((bits, value, i) => bits | (value >= 0 ? 1 << i : 0), 0);
  const isJoined =
    (pattern === 5 || pattern === 10) && corners.reduce((sum, value) => sum + value, 0) >= 0;
  return cases[isJoined ? 15 - pattern : pattern] ?? [];
}

/** Where along an edge the value is zero, from the top left corner of the cell. */
function crossing(edge: number, corners: readonly number[]): readonly [number, number] {
  const [a, b] = [corners[edge] ?? 0, corners[(edge + 1) % 4] ?? 0];
  const t = a === b ? 0.5 : a / (a - b);
  if (edge === 0) return [t, 0];
  if (edge === 1) return [1, t];
  if (edge === 2) return [1 - t, 1];
  return [0, 1 - t];
}
