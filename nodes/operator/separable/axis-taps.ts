import type { AxisMatrix } from "./axis-matrix.ts";
import { readAt, type Boundary } from "./boundary.ts";

/** A row of a matrix: weights of consecutive pixels, the first of them maybe outside of the line. */
export interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

export interface Grid {
  /** Pixels that come out. */
  readonly rows: number;
  /** Pixels of the line that is read. */
  readonly columns: number;
  readonly boundary: Boundary;
}

/** The 1-D map whose output pixel i is the weighted sum of what `tapsOf(i)` reads. */
export function tapMatrix(
  { rows, columns, boundary }: Grid,
  tapsOf: (i: number) => Taps,
): AxisMatrix {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    const { first, weights } = tapsOf(i);
    weights.forEach((weight, k) => {
      const j = readAt[boundary](first + k, columns);
      if (j !== null) data[i * columns + j] = (data[i * columns + j] ?? 0) + weight;
    });
  }
  return { rows, columns, data };
}

/** The correlation y_i = Σ_k weights_k x_{i + k - ⌊K/2⌋} of a line of `size` pixels. */
export function correlationMatrix(
  size: number,
  weights: readonly number[],
  boundary: Boundary,
): AxisMatrix {
  const before = Math.floor(weights.length / 2);
  return tapMatrix({ rows: size, columns: size, boundary }, (i) => ({
    first: i - before,
    weights,
  }));
}

/** exp(−k²/(2 std²)) for `count` integers k from −⌊count/2⌋ on, not normalised. */
export function gaussianWeights(std: number, count: number): readonly number[] {
  const before = Math.floor(count / 2);
  return Array.from({ length: count }, (_, i) => Math.exp(-((i - before) ** 2) / (2 * std ** 2)));
}

/** The weights divided by their sum. */
export function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
