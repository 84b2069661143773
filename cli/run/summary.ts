import type { Colours } from "../terminal.ts";
import type { Metrics } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import { formatSeconds } from "./progress.ts";
import type { Scores } from "./score.ts";

/** How a run went, as a few lines. Where it ran is said only if a backend was asked for. */
export function summary(
  outcome: Outcome,
  { scores, wasAsked }: { readonly scores: Scores; readonly wasAsked: boolean },
  { bold, dim }: Colours,
): readonly string[] {
  const [restored, ...others] = scoreLines(scores);
  const cost = [
    `${outcome.nfe} NFE`,
    ...(outcome.vjpCalls === 0 ? [] : [`${outcome.vjpCalls} gradients through the network`]),
    ...(outcome.timings === null ? [] : [formatSeconds(outcome.timings.total / 1000)]),
  ];
  return [
    ...(restored === undefined ? [] : [bold(restored)]),
    ...others,
    ...scores.leftOut,
    cost.join(", "),
    ...(outcome.chosen === null || !wasAsked || fellBack(outcome) ? [] : [dim(outcome.chosen)]),
  ];
}

/** A line for the result and one for the baseline, where there are scores. */
export function scoreLines({ restored, baseline }: Scores): readonly string[] {
  const rows = [
    ["restored", restored] as const,
    ...(baseline === null ? [] : [["baseline", baseline.metrics] as const]),
  ];
  return rows.flatMap(([name, metrics]) => {
    const text = formatMetrics(metrics);
    return text === "" ? [] : [`${name}  ${text}`];
  });
}

function formatMetrics({ psnr, ssim }: Metrics): string {
  const scores = [
    ...(psnr === undefined ? [] : [`PSNR ${spread(psnr, 2)} dB`]),
    ...(ssim === undefined ? [] : [`SSIM ${spread(ssim, 3)}`]),
  ];
  return scores.join(", ");
}

/** A note has said then what runs, and why. */
function fellBack({ warnings }: Outcome): boolean {
  return warnings.some(({ code }) => code === "backend.fallback");
}

/** A number, or the mean of several that differ and how many there are. */
function spread(values: readonly number[], digits: number): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const text = mean.toFixed(digits);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) return text;
  return `${text} (mean of ${values.length}, ${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
