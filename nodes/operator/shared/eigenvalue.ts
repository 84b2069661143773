import { eigenSymmetric } from "../../prior/eigen.ts";
import { at, type AxisMatrix } from "../separable/axis-matrix.ts";

const mostSteps = 40;
/** Steps between two looks at the eigenvalue. */
const lookEvery = 4;

/** Largest eigenvalue of MᵀM. */
export function largestEigenvalue(matrix: AxisMatrix): number {
  const normal = (v: Float64Array) => timesTransposed(matrix, times(matrix, v));
  return largestOf(normal, matrix.columns, 1e-12);
}

/**
 * Largest eigenvalue of a symmetric, positive semidefinite map of vectors of `size` values, by the
 * Lanczos method with full reorthogonalisation: 40 steps, or until four of them change it by no more than
 * `tolerance`, relative.
 *
 * @see Golub and Van Loan, Matrix Computations, section 10.1.
 */
export function largestOf(
  map: (v: Float64Array) => Float64Array,
  size: number,
  tolerance: number,
): number {
  // Not constant, so that no eigenvector of a symmetric kernel is missed by symmetry.
  let v: Float64Array = Float64Array.from(
    { length: size },
    (_, i) => 1 + 0.01 * Math.cos(i) + 0.01 * Math.sin(i * i),
  );
  scaleBy(v, 1 / norm(v));
  const basis: Float64Array[] = [];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  let found = 0;
  while (basis.length < Math.min(size, mostSteps)) {
    basis.push(v);
    const w = map(v);
    diagonal.push(dot(w, v));
    for (const earlier of basis) addScaled(w, earlier, -dot(w, earlier));
    const left = norm(w);
    if (left <= 1e-10 * Math.max(...diagonal)) break;
    if (basis.length % lookEvery === 0) {
      const before = found;
      found = largestTridiagonal(diagonal, beside);
      if (found - before <= tolerance * found) break;
    }
    beside.push(left);
    scaleBy(w, 1 / left);
    v = w;
  }
  return largestTridiagonal(diagonal, beside);
}

function largestTridiagonal(diagonal: readonly number[], beside: readonly number[]): number {
  const n = diagonal.length;
  const entries = Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    if (row === column) return diagonal[row] ?? 0;
    return Math.abs(row - column) === 1 ? (beside[Math.min(row, column)] ?? 0) : 0;
  });
  return Math.max(...eigenSymmetric(entries, n).values);
}

function times(m: AxisMatrix, v: Float64Array): Float64Array {
  return Float64Array.from({ length: m.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < m.columns; j += 1) sum += at(m, i, j) * (v[j] ?? 0);
    return sum;
  });
}

function timesTransposed(m: AxisMatrix, u: Float64Array): Float64Array {
  const w = new Float64Array(m.columns);
  for (let i = 0; i < m.rows; i += 1)
    for (let j = 0; j < m.columns; j += 1) w[j] = (w[j] ?? 0) + at(m, i, j) * (u[i] ?? 0);
  return w;
}

const norm = (v: Float64Array) => Math.sqrt(dot(v, v));

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function addScaled(to: Float64Array, v: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + factor * (v[i] ?? 0);
}

function scaleBy(v: Float64Array, factor: number): void {
  for (let i = 0; i < v.length; i += 1) v[i] = (v[i] ?? 0) * factor;
}
