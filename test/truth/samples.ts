/** A set of `count` signals of `size` values, one after the other. */
export interface Samples {
  readonly count: number;
  readonly size: number;
  readonly values: Float64Array;
}

export function samplesOf(data: ArrayLike<number>, size: number): Samples {
  return { count: data.length / size, size, values: Float64Array.from(data) };
}

export interface Moments {
  readonly mean: Float64Array;
  /** [size, size] row by row. */
  readonly covariance: Float64Array;
}

/** Mean and covariance of a set; about `centre` instead of its own mean where that is known. */
export function momentsOf({ count, size, values }: Samples, centre?: Float64Array): Moments {
  const mean = new Float64Array(size);
  values.forEach((value, i) => (mean[i % size] = (mean[i % size] ?? 0) + value / count));
  const from = centre ?? mean;
  const covariance = new Float64Array(size * size);
  const away = values.map((value, i) => value - (from[i % size] ?? NaN));
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let s = 0; s < away.length; s += size) sum += (away[s + i] ?? 0) * (away[s + j] ?? 0);
      covariance[i * size + j] = sum / count;
      covariance[j * size + i] = sum / count;
    }
  return { mean, covariance };
}

export const trace = ({ mean, covariance }: Moments): number =>
  mean.reduce((sum, _, i) => sum + (covariance[i * mean.length + i] ?? NaN), 0);

/** The Euclidean distance, which is the Frobenius norm for matrices. */
export const apart = (a: Float64Array, b: Float64Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) ** 2, 0));
