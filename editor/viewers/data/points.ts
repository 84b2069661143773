import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import type { Interval } from "../draw/axes.ts";
import { floatsOf } from "./floats.ts";
import { layoutOf } from "./layout.ts";

/** A cloud of points, those of one tensor: point `i` has the coordinate `values[i * dims + axis]`. */
export interface Points {
  readonly values: Float32Array;
  readonly count: number;
  readonly dims: number;
}

/** Each sample of a batch as one point of as many dims as it has values. */
export function pointsOf(tensor: TensorData): Points {
  const layout = layoutOf(tensor.shape);
  const values = floatsOf(tensor);
  return {
    values,
    count: layout.batch,
    dims: layout.batch === 0 ? 0 : values.length / layout.batch,
  };
}

/** From the least to the largest finite coordinate along an axis; null where there is none. */
export function intervalAlong({ values, count, dims }: Points, axis: number): Interval | null {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const value = values[i * dims + axis] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}
