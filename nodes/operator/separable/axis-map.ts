import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { concat, matMul, sliceAxis } from "../../../runtime/trace/math.ts";
import { at, block, transposed, type AxisMatrix } from "./axis-matrix.ts";
import { lazy } from "../shared/lazy.ts";

/** A 1-D matrix M ready to be written: along the rows axis M x, along the columns axis x Mᵀ. */
export interface AxisMap {
  /** M x: [N, C, M.columns, W] to [N, C, M.rows, W]. */
  onRows(emit: Emit, x: Value): Value;
  /** x Mᵀ: [N, C, H, M.columns] to [N, C, H, M.rows]. */
  onColumns(emit: Emit, x: Value): Value;
}

/** Above this many rows a banded matrix goes block by block: below it one product is as fast (measured). */
const smallestBanded = 256;
const blockRows = 64;

/** Some rows of a matrix, and the columns from `start` to `end` outside of which they are zero. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly matrix: TensorData;
}

/**
 * `matrix` as one product, or, where it is large and banded, as a product a block of rows: then the
 * cost is the number of pixels times the width of the band.
 */
export function axisMap(matrix: AxisMatrix): AxisMap {
  const { columns } = matrix;
  const bands = lazy(() => bandsOf(matrix));
  const left = lazy(() =>
    bands().map(({ top, rows, start, end }): Part => {
      const part = block(matrix, { top, left: start, rows, columns: end - start });
      return { start, end, matrix: part };
    }),
  );
  const right = lazy(() => {
    const turned = transposed(matrix);
    return bands().map(({ top, rows, start, end }): Part => {
      const part = block(turned, { top: start, left: top, rows: end - start, columns: rows });
      return { start, end, matrix: part };
    });
  });
  const along = (emit: Emit, x: Value, axis: 2 | 3) => {
    const parts = (axis === 2 ? left() : right()).map(({ start, end, matrix: m }) => {
      const part = start === 0 && end === columns ? x : sliceAxis(emit, x, axis, { start, end });
      const factor = emit.constant(m);
      return axis === 2 ? matMul(emit, factor, part) : matMul(emit, part, factor);
    });
    return concat(emit, parts, axis);
  };
  return {
    onRows: (emit, x) => along(emit, x, 2),
    onColumns: (emit, x) => along(emit, x, 3),
  };
}

interface Band {
  readonly top: number;
  readonly rows: number;
  readonly start: number;
  readonly end: number;
}

function bandsOf(matrix: AxisMatrix): readonly Band[] {
  const { rows, columns } = matrix;
  const whole = [{ top: 0, rows, start: 0, end: columns }];
  if (Math.max(rows, columns) <= smallestBanded) return whole;
  const height = Math.max(1, Math.round((blockRows * rows) / Math.max(rows, columns)));
  const bands: Band[] = [];
  for (let top = 0; top < rows; top += height)
    bands.push(bandOf(matrix, top, Math.min(height, rows - top)));
  const work = bands.reduce((sum, band) => sum + band.rows * (band.end - band.start), 0);
  return work < (rows * columns) / 2 ? bands : whole;
}

function bandOf(matrix: AxisMatrix, top: number, rows: number): Band {
  let [start, end] = [matrix.columns, 0];
  for (let i = top; i < top + rows; i += 1)
    for (let j = 0; j < matrix.columns; j += 1)
      if (at(matrix, i, j) !== 0) [start, end] = [Math.min(start, j), Math.max(end, j + 1)];
  return start < end ? { top, rows, start, end } : { top, rows, start: 0, end: 1 };
}
