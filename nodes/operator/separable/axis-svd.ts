import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { at, axisMatrix, product, transposed, type AxisMatrix } from "./axis-matrix.ts";
import { completeBasis } from "./complete-basis.ts";

/** M = left diag(values) rightᵀ, `values` from the largest down. */
export interface AxisSvd {
  /** Orthonormal columns, [rows, min(rows, columns)]. */
  readonly left: AxisMatrix;
  readonly values: Float64Array;
  /** Orthogonal, [columns, columns]: columns behind the singular values span what M maps to 0. */
  readonly right: AxisMatrix;
}

/**
 * The singular value decomposition of a 1-D map, float64. One that reversing both axes leaves as it is
 * (every symmetric kernel with a symmetric border) falls into an even and an odd half, a quarter of the work.
 *
 * @see Golub and Van Loan, Matrix Computations, section 8.6; Cantoni and Butler 1976 for the halves.
 */
export function axisSvd(matrix: AxisMatrix): AxisSvd {
  if (!isCentrosymmetric(matrix)) return wholeSvd(matrix);
  const [evenRows, oddRows] = halves(matrix.rows);
  const [evenColumns, oddColumns] = halves(matrix.columns);
  const half = (rows: AxisMatrix, columns: AxisMatrix): AxisSvd => {
    const { left, values, right } = wholeSvd(product(transposed(rows), product(matrix, columns)));
    return { left: product(rows, left), values, right: product(columns, right) };
  };
  return merge(half(evenRows, evenColumns), half(oddRows, oddColumns));
}

function isCentrosymmetric({ rows, columns, data }: AxisMatrix): boolean {
  const largest = data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return (
    Math.min(rows, columns) > 1 &&
    data.every((v, i) => Math.abs(v - (data[data.length - 1 - i] ?? 0)) <= 1e-15 * largest)
  );
}

/** Orthonormal bases, as columns, of the lines of `n` values that reversing leaves, and that it negates. */
function halves(n: number): readonly [even: AxisMatrix, odd: AxisMatrix] {
  const entry = (sign: 1 | -1) => (i: number, j: number) =>
    2 * j === n - 1
      ? Number(i === j)
      : (Number(i === j) + sign * Number(i === n - 1 - j)) * Math.SQRT1_2;
  return [axisMatrix(n, Math.ceil(n / 2), entry(1)), axisMatrix(n, Math.floor(n / 2), entry(-1))];
}

/** Two decompositions of complementary parts as one, the singular values in order. */
function merge(a: AxisSvd, b: AxisSvd): AxisSvd {
  const pairs = [a, b].flatMap((svd) =>
    Array.from(svd.values, (value, column) => ({ svd, value, column })),
  );
  pairs.sort((p, q) => q.value - p.value);
  const rest = [a, b].flatMap((svd) =>
    Array.from({ length: svd.right.columns - svd.values.length }, (_, i) => ({
      svd,
      column: svd.values.length + i,
    })),
  );
  const basis = [...pairs, ...rest];
  return {
    left: axisMatrix(a.left.rows, pairs.length, (i, j) => columnOf(pairs[j], "left", i)),
    values: Float64Array.from(pairs, ({ value }) => value),
    right: axisMatrix(a.right.rows, basis.length, (i, j) => columnOf(basis[j], "right", i)),
  };
}

function columnOf(
  from: { readonly svd: AxisSvd; readonly column: number } | undefined,
  side: "left" | "right",
  row: number,
): number {
  return from === undefined ? Number.NaN : at(from.svd[side], row, from.column);
}

function wholeSvd(matrix: AxisMatrix): AxisSvd {
  const { rows, columns } = matrix;
  const dense = new Matrix(rows, columns);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) dense.set(i, j, at(matrix, i, j));
  const svd = new SingularValueDecomposition(dense, { autoTranspose: true });
  const count = Math.min(rows, columns);
  const [left, right] = [svd.leftSingularVectors, svd.rightSingularVectors];
  const thin = (m: Matrix, n: number) => axisMatrix(n, count, (i, j) => m.get(i, j));
  return {
    left: thin(left, rows),
    values: Float64Array.from(svd.diagonal.slice(0, count)),
    right: completeBasis(thin(right, columns)),
  };
}
