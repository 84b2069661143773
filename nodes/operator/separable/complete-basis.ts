import { at, axisMatrix, type AxisMatrix } from "./axis-matrix.ts";

/**
 * An orthogonal [n, n] matrix whose first columns are those of `basis` ([n, k], orthonormal): the others are
 * the last columns of the Householder form of its QR decomposition.
 *
 * @see Golub and Van Loan, Matrix Computations, section 5.2.
 */
export function completeBasis(basis: AxisMatrix): AxisMatrix {
  const { rows: n, columns: k } = basis;
  if (k >= n) return basis;
  const reflectors = householder(basis);
  const columns = Array.from({ length: n - k }, (_, j) => {
    const column = new Float64Array(n);
    column[k + j] = 1;
    for (const reflector of reflectors.toReversed()) reflect(reflector, column);
    return column;
  });
  return axisMatrix(n, n, (i, j) =>
    j < k ? at(basis, i, j) : (columns[j - k]?.[i] ?? Number.NaN),
  );
}

/** Unit vectors v whose reflections 1 - 2 v vᵀ, one after the other, turn the columns into a triangle. */
function householder({ rows, columns, data }: AxisMatrix): readonly Float64Array[] {
  const rest = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + j] ?? 0),
  );
  return rest.map((column, k) => {
    const v = column.map((value, i) => (i < k ? 0 : value));
    const length = Math.hypot(...v);
    v[k] = (v[k] ?? 0) + ((v[k] ?? 0) < 0 ? -length : length);
    const norm = Math.hypot(...v);
    const unit = v.map((value) => value / norm);
    for (const other of rest.slice(k)) reflect(unit, other);
    return unit;
  });
}

function reflect(unit: Float64Array, x: Float64Array): void {
  let along = 0;
  for (let i = 0; i < x.length; i += 1) along += (unit[i] ?? 0) * (x[i] ?? 0);
  for (let i = 0; i < x.length; i += 1) x[i] = (x[i] ?? 0) - 2 * along * (unit[i] ?? 0);
}
