/** A mixture with full covariances, [n][n] each, in float64. */
export interface ReferenceMixture {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
}

/** E[x₀ | x] by solving with each component's whole covariance. */
export function referenceMean(
  mixture: ReferenceMixture,
  x: readonly number[],
  alpha: number,
  sigma: number,
): number[] {
  const parts = mixture.means.map((mean, k) => {
    const covariance = mixture.covariances[k] ?? [];
    const away = x.map((value, i) => value - alpha * (mean[i] ?? NaN));
    const seen = covariance.map((row, i) =>
      row.map((c, j) => alpha ** 2 * c + (i === j ? sigma ** 2 : 0)),
    );
    const { solution, logDeterminant } = solve(seen, away);
    const posterior = mean.map(
      (m, i) =>
        m + alpha * (covariance[i] ?? []).reduce((sum, c, j) => sum + c * (solution[j] ?? NaN), 0),
    );
    const distance = away.reduce((sum, value, i) => sum + value * (solution[i] ?? NaN), 0);
    return {
      posterior,
      log: Math.log(mixture.weights[k] ?? NaN) - (distance + logDeterminant) / 2,
    };
  });
  const most = Math.max(...parts.map(({ log }) => log));
  const shares = parts.map(({ log }) => Math.exp(log - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return x.map((_, i) =>
    parts.reduce(
      (sum, { posterior }, k) => sum + ((shares[k] ?? NaN) / total) * (posterior[i] ?? NaN),
      0,
    ),
  );
}

/** The solution of a positive definite system, and the logarithm of its determinant. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]) {
  const lower = cholesky(matrix);
  const half = forward(lower, right);
  const turned = lower.map((_, i) => lower.map((row) => row[i] ?? NaN).toReversed()).toReversed();
  const solution = forward(turned, half.toReversed()).toReversed();
  const logDeterminant = lower.reduce((sum, row, i) => sum + 2 * Math.log(row[i] ?? NaN), 0);
  return { solution, logDeterminant };
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) =>
    row.slice(0, i + 1).forEach((value, j) => {
      const [a, b] = [lower[i] ?? [], lower[j] ?? []];
      const rest = value - a.slice(0, j).reduce((sum, v, k) => sum + v * (b[k] ?? NaN), 0);
      a[j] = i === j ? Math.sqrt(rest) : rest / (b[j] ?? NaN);
    }),
  );
  return lower;
}

/** Solves a lower triangular system. */
function forward(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const solution: number[] = [];
  for (const [i, row] of lower.entries()) {
    const known = solution.reduce((sum, value, j) => sum + value * (row[j] ?? NaN), 0);
    solution.push(((right[i] ?? NaN) - known) / (row[i] ?? NaN));
  }
  return solution;
}
