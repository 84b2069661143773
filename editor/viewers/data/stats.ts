/** What a set of values comes to; all but the counts are over the finite ones, NaN where there is none. */
export interface Stats {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the population: divided by the count. */
  readonly std: number;
  readonly finite: number;
  readonly nan: number;
  readonly infinite: number;
}

/** In two passes, so that the deviation of values far from zero is right. */
export function statsOf(values: Float32Array): Stats {
  let [min, max, sum, finite, nan] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value - value === 0) {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      finite++;
    } else if (value !== value) nan++;
  }
  const infinite = values.length - finite - nan;
  if (finite === 0) return { min: NaN, max: NaN, mean: NaN, std: NaN, finite, nan, infinite };
  const mean = sum / finite;
  return { min, max, mean, std: deviationOf(values, mean, finite), finite, nan, infinite };
}

/** The ends of all values that are numbers, infinite ones too; NaN where there is none. */
export function endsOf(values: Float32Array): Pick<Stats, "min" | "max"> {
  let [min, max] = [NaN, NaN];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
  }
  return { min, max };
}

function deviationOf(values: Float32Array, mean: number, count: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const off = (values[i] ?? 0) - mean;
    if (off - off === 0) squares += off * off;
  }
  return Math.sqrt(squares / count);
}
