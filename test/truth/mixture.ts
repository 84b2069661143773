import { CholeskyDecomposition, inverse, Matrix } from "ml-matrix";
import type { Samples } from "./samples.ts";
import type { MixtureTable } from "./problems.ts";

const matrixOf = (rows: readonly (readonly number[])[]) => new Matrix(rows.map((row) => [...row]));

/** The lower triangle L of C = L Lᵀ. */
export const rootOf = (covariance: MixtureTable["covariance"]): number[][] =>
  new CholeskyDecomposition(matrixOf(covariance)).lowerTriangularMatrix.to2DArray();

/**
 * The share of every component in a set: the mean over samples of p(k | x). A measurement says nothing about
 * the component beyond what it says about x, so that for samples of a posterior its expectation is the
 * component's posterior weight.
 */
export function componentShares(mixture: MixtureTable, { count, size, values }: Samples): number[] {
  const precision = inverse(matrixOf(mixture.covariance));
  // log p(k | x) = log w + mᵀ P x − mᵀ P m / 2, up to what all components share.
  const lines = mixture.means.map((mean, k) => {
    const m = Matrix.columnVector([...mean]);
    const slope = precision.mmul(m);
    const height = Math.log(mixture.weights[k] ?? NaN) - m.dot(slope) / 2;
    return { slope: slope.to1DArray(), height };
  });
  const shares = mixture.weights.map(() => 0);
  for (let s = 0; s < count; s += 1) {
    const x = values.subarray(s * size, (s + 1) * size);
    const logs = lines.map(({ slope, height }) =>
      slope.reduce((sum, p, i) => sum + p * (x[i] ?? NaN), height),
    );
    const most = Math.max(...logs);
    const odds = logs.map((log) => Math.exp(log - most));
    const total = odds.reduce((sum, odd) => sum + odd, 0);
    odds.forEach((odd, k) => (shares[k] = (shares[k] ?? 0) + odd / total / count));
  }
  return shares;
}
