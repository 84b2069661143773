/** A symmetric matrix as C = E diag(values) Eᵀ; `vectors` row by row, eigenvectors in its columns. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: Float64Array;
}

const mostSweeps = 60;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix (row by row, n x n), by cyclic
 * Jacobi rotations; float64. The eigenvalues are in no order. Meant for n up to a few hundred.
 *
 * @throws RangeError when the matrix is not square or not symmetric.
 * @see Golub and Van Loan, Matrix Computations, section 8.5.
 */
export function eigenSymmetric(matrix: readonly number[], n: number): Eigen {
  checkSymmetric(matrix, n);
  const a = Float64Array.from(matrix);
  const e = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const total = Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(a, n) > 1e-15 * total; sweep += 1)
    for (let p = 0; p < n; p += 1) for (let q = p + 1; q < n; q += 1) rotate(a, e, { n, p, q });
  return { values: Array.from({ length: n }, (_, i) => at(a, i * n + i)), vectors: e };
}

const at = (a: ArrayLike<number>, i: number) => a[i] ?? Number.NaN;

function checkSymmetric(matrix: readonly number[], n: number): void {
  if (matrix.length !== n * n)
    throw new RangeError(
      `eigenSymmetric: ${matrix.length} values do not fill a ${n} x ${n} matrix`,
    );
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < i; j += 1) {
      const [lower, upper] = [at(matrix, i * n + j), at(matrix, j * n + i)];
      if (Math.abs(lower - upper) > 1e-6 * largest)
        throw new RangeError(
          `eigenSymmetric: the matrix is not symmetric: entry (${i},${j}) is ${lower}, (${j},${i}) is ${upper}`,
        );
    }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1) if (i !== j) sum += at(a, i * n + j) ** 2;
  return Math.sqrt(sum);
}

interface Plane {
  readonly n: number;
  readonly p: number;
  readonly q: number;
}

/** Makes entry (p, q) zero: A ← JᵀAJ, E ← EJ. */
function rotate(a: Float64Array, e: Float64Array, { n, p, q }: Plane): void {
  const apq = at(a, p * n + q);
  if (apq === 0) return;
  const theta = (at(a, q * n + q) - at(a, p * n + p)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
  const cosine = 1 / Math.hypot(1, t);
  const turn = { cosine, sine: t * cosine };
  for (let k = 0; k < n; k += 1) turnPair(a, k * n + p, k * n + q, turn);
  for (let k = 0; k < n; k += 1) turnPair(a, p * n + k, q * n + k, turn);
  for (let k = 0; k < n; k += 1) turnPair(e, k * n + p, k * n + q, turn);
}

function turnPair(
  m: Float64Array,
  i: number,
  j: number,
  { cosine, sine }: { readonly cosine: number; readonly sine: number },
): void {
  const [x, y] = [at(m, i), at(m, j)];
  m[i] = cosine * x - sine * y;
  m[j] = sine * x + cosine * y;
}
