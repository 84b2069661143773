import type { TensorData } from "../../runtime/tensor/tensor.ts";

const mostSteps = 300;

/** Largest eigenvalue of MᵀM of a square matrix, by power iteration. */
export function largestEigenvalue({ shape: [size = 1], data }: TensorData): number {
  const matrix = data as Float32Array;
  // Not constant, so that no eigenvector of a symmetric kernel is missed by symmetry.
  let v: readonly number[] = Array.from({ length: size }, (_, i) => 1 + 0.01 * Math.cos(i));
  let eigenvalue = 0;
  for (let step = 0; step < mostSteps; step += 1) {
    const w = timesTransposed(matrix, times(matrix, v));
    const norm = Math.hypot(...w) / Math.hypot(...v);
    if (norm === 0 || Math.abs(norm - eigenvalue) <= 1e-12 * norm) return norm;
    eigenvalue = norm;
    const length = Math.hypot(...w);
    v = w.map((x) => x / length);
  }
  return eigenvalue;
}

function times(matrix: Float32Array, v: readonly number[]): readonly number[] {
  return v.map((_, i) => v.reduce((sum, x, j) => sum + (matrix[i * v.length + j] ?? 0) * x, 0));
}

function timesTransposed(matrix: Float32Array, u: readonly number[]): readonly number[] {
  const w = Array<number>(u.length).fill(0);
  u.forEach((x, i) => {
    for (let j = 0; j < u.length; j += 1) w[j] = (w[j] ?? 0) + (matrix[i * u.length + j] ?? 0) * x;
  });
  return w;
}
