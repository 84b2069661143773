import type { Colours } from "../terminal.ts";
import type { Metrics } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import { formatSeconds } from "./progress.ts";

/** How a run went, as a few lines. */
export function summary(
  outcome: Outcome,
  metrics: Metrics,
  { bold, dim }: Colours,
): readonly string[] {
  const { psnr, ssim } = metrics;
  const scores = [
    ...(psnr === undefined ? [] : [`PSNR ${spread(psnr, 2)} dB`]),
    ...(ssim === undefined ? [] : [`SSIM ${spread(ssim, 3)}`]),
  ];
  const cost = [
    `${outcome.nfe} NFE`,
    ...(outcome.vjpCalls === 0 ? [] : [`${outcome.vjpCalls} gradients through the network`]),
    ...(outcome.timings === null ? [] : [formatSeconds(outcome.timings.total / 1000)]),
  ];
  return [
    ...(scores.length === 0 ? [] : [bold(scores.join(", "))]),
    ...metrics.leftOut,
    cost.join(", "),
    ...(outcome.chosen === null || fellBack(outcome) ? [] : [dim(outcome.chosen)]),
  ];
}

/** A note has said then what runs, and why. */
function fellBack({ warnings }: Outcome): boolean {
  return warnings.some(({ code }) => code === "backend.fallback");
}

/** A number, or the mean of several and how many there are. */
function spread(values: readonly number[], digits: number): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const text = mean.toFixed(digits);
  if (values.length === 1) return text;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${text} (mean of ${values.length}, ${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
