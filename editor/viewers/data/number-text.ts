import type { Shape, TensorData } from "../../../runtime/tensor/tensor.ts";
import { floatsOf } from "./floats.ts";
import { formatNumber } from "./format-number.ts";
import { layoutOf } from "./layout.ts";
import { statsOf } from "./stats.ts";

/** Whether a tensor is one number for each sample. */
export function isNumber(shape: Shape): boolean {
  const layout = layoutOf(shape);
  return layout.kind === "points" && layout.dims === 1 && layout.batch > 0;
}

/** One number as it is, several as their mean and deviation: `24.31 dB`, `24.3 ± 1.2 dB`. */
export function numberText(frame: TensorData, unit: string | null): string {
  const values = floatsOf(frame);
  const { mean, std, finite } = statsOf(values);
  const tail = unit === null ? "" : `\u202f${unit}`;
  if (values.length === 1) return `${formatNumber(values[0] ?? NaN)}${tail}`;
  return finite < 2 || std <= 1e-6 * Math.abs(mean)
    ? `${formatNumber(mean)}${tail}`
    : `${formatNumber(mean, 3)} ± ${formatNumber(std, 2)}${tail}`;
}
