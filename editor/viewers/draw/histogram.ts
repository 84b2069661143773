import { statsOf, type Stats } from "../data/stats.ts";
import type { Range } from "./value-range.ts";

/** How often values fall into equal bins of a range, and how many do not. */
export interface Histogram {
  readonly range: Range;
  readonly counts: Uint32Array;
  readonly below: number;
  readonly above: number;
  readonly stats: Stats;
}

/** The upper end of the range belongs to the last bin. `range` null: from the least to the largest value. */
export function histogramOf(values: Float32Array, bins: number, range: Range | null): Histogram {
  const stats = statsOf(values);
  const [low, high] = range ?? ownRange(stats);
  const counts = new Uint32Array(bins);
  const scale = bins / (high - low);
  let [below, above] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value - value !== 0) continue;
    if (value < low) below++;
    else if (value > high) above++;
    else {
      const bin = Math.min(bins - 1, Math.floor((value - low) * scale));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { range: [low, high], counts, below, above, stats };
}

function ownRange({ min, max }: Stats): Range {
  if (!Number.isFinite(min)) return [-1, 1];
  return max > min ? [min, max] : [min - 0.5, max + 0.5];
}
