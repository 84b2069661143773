/** A mixture with full covariances, [n][n] each, in float64. */
export interface ReferenceMixture {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
}

/** E[x₀ | x] by solving with each component's whole covariance. */
export function referenceMean(mixture: ReferenceMixture, x: readonly number[], alpha: number, sigma: number): number[] {
  const parts = mixture.means.map((mean, k) => {
    const covariance = mixture.covariances[k] ?? [];
    const away = x.map((value, i) => value - alpha * (mean[i] ?? NaN));
    const seen = covariance.map((row, i) => row.map((c, j) => alpha ** 2 * c + (i === j ? sigma ** 2 : 0)));
    const { solution, logDeterminant } = solve(seen, away);
    const posterior = mean.map((m, i) =>
      m + alpha * (covariance[i] ?? []).reduce((sum, c, j) => sum + c * (solution[j] ?? NaN), 0));
    const distance = away.reduce((sum, value, i) => sum + value * (solution[i] ?? NaN), 0);
    return { posterior, log: Math.log(mixture.weights[k] ?? NaN) - (distance + logDeterminant) / 2 };
  });
  const most = Math.max(...parts.map(({ log }) => log));
  const shares = parts.map(({ log }) => Math.exp(log - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return x.map((_, i) =>
    parts.reduce((sum, { posterior }, k) => sum + ((shares[k] ?? NaN) / total) * (posterior[i] ?? NaN), 0));
}

/** Gaussian elimination of a positive definite matrix, which needs no pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]) {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? NaN]);
  let logDeterminant = 0;
  for (let p = 0; p < n; p += 1) {
    const pivot = rows[p] ?? [];
    logDeterminant += Math.log(pivot[p] ?? NaN);
    for (const row of rows.slice(p + 1)) {
      const factor = (row[p] ?? NaN) / (pivot[p] ?? NaN);
      for (let j = p; j <= n; j += 1) row[j] = (row[j] ?? NaN) - factor * (pivot[j] ?? NaN);
    }
  }
  const solution = Array<number>(n).fill(0);
  for (let p = n - 1; p >= 0; p -= 1) {
    const row = rows[p] ?? [];
    const known = solution.reduce((sum, value, j) => (j > p ? sum + value * (row[j] ?? NaN) : sum), 0);
    solution[p] = ((row[n] ?? NaN) - known) / (row[p] ?? NaN);
  }
  return { solution, logDeterminant };
}
