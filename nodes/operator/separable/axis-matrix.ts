import type { TensorData } from "../../../runtime/tensor/tensor.ts";

/** A linear map along one axis, dense, row by row, float64: `rows` outputs of `columns` inputs. */
export interface AxisMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function axisMatrix(
  rows: number,
  columns: number,
  entry: (i: number, j: number) => number,
): AxisMatrix {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) data[i * columns + j] = entry(i, j);
  return { rows, columns, data };
}

export const at = ({ columns, data }: AxisMatrix, i: number, j: number) =>
  data[i * columns + j] ?? Number.NaN;

export function transposed(m: AxisMatrix): AxisMatrix {
  return axisMatrix(m.columns, m.rows, (i, j) => at(m, j, i));
}

/** a b. */
export function product(a: AxisMatrix, b: AxisMatrix): AxisMatrix {
  if (a.columns !== b.rows)
    throw new RangeError(
      `product: ${a.rows}x${a.columns} times ${b.rows}x${b.columns}; the inner sizes must agree`,
    );
  const data = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i += 1) {
    const row = data.subarray(i * b.columns, (i + 1) * b.columns);
    for (let k = 0; k < a.columns; k += 1) addRow(row, b, k, at(a, i, k));
  }
  return { rows: a.rows, columns: b.columns, data };
}

function addRow(row: Float64Array, { columns, data }: AxisMatrix, k: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < columns; j += 1)
    row[j] = (row[j] ?? 0) + factor * (data[k * columns + j] ?? 0);
}

/** Column j times `factors[j]`. */
export function scaleColumns(m: AxisMatrix, factors: ArrayLike<number>): AxisMatrix {
  return axisMatrix(m.rows, m.columns, (i, j) => at(m, i, j) * (factors[j] ?? 0));
}

export function sameMatrix(a: AxisMatrix, b: AxisMatrix): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.data.every((v, i) => v === b.data[i]);
}

/** The rows and columns from `top`, `left` on, as float32. */
export function block(
  m: AxisMatrix,
  { top, left, rows, columns }: Readonly<Record<"top" | "left" | "rows" | "columns", number>>,
): TensorData {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) data[i * columns + j] = at(m, top + i, left + j);
  return { dtype: "float32", shape: [rows, columns], data };
}
