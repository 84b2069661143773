import type { Result } from "../../execute/events.ts";
import { isTensor } from "../../execute/is-tensor.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { FrameSummary, OutputSummary } from "./messages.ts";

/** Range, moments and the largest norm of a tensor, of its finite values; the first axis counts samples. */
export function summarise({ shape, data }: TensorData): FrameSummary {
  const [samples = 1] = shape;
  const size = samples === 0 ? 0 : data.length / samples;
  const total = { min: Infinity, max: -Infinity, sum: 0, squares: 0, finite: 0, norm: 0 };
  for (let s = 0; s < samples; s += 1) {
    let norm = 0;
    for (let i = s * size; i < (s + 1) * size; i += 1) {
      const value = Number(data[i]);
      if (!Number.isFinite(value)) continue;
      total.finite += 1;
      total.sum += value;
      norm += value * value;
      if (value < total.min) total.min = value;
      if (value > total.max) total.max = value;
    }
    total.squares += norm;
    total.norm = Math.max(total.norm, Math.sqrt(norm));
  }
  const { finite, min, max, norm } = total;
  const notFinite = data.length - finite;
  if (finite === 0) return { shape, min: NaN, max: NaN, mean: NaN, std: NaN, norm, notFinite };
  const mean = total.sum / finite;
  const std = Math.sqrt(Math.max(0, total.squares / finite - mean * mean));
  return { shape, min, max, mean, std, norm, notFinite };
}

/** A number as a frame of one value: collected scalars make curves as tensors do. */
export const scalarFrame = (value: number): TensorData => ({
  dtype: "float64",
  shape: [],
  data: Float64Array.of(value),
});

/** An output without its values, but for numbers. */
export function outputSummaryOf(result: Result): OutputSummary {
  if (typeof result === "number") return { kind: "number", value: result };
  if (isTensor(result)) return { kind: "tensor", summary: summarise(result) };
  if (Array.isArray(result))
    return { kind: "list", items: (result as readonly Result[]).map(outputSummaryOf) };
  return { kind: "level", value: result as Readonly<Record<string, number>> };
}
