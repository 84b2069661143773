import type { Colours } from "../terminal.ts";
import type { Metrics } from "../../runtime/protocol/score/measure.ts";
import type { Outcome } from "./outcome.ts";
import { formatSeconds } from "./progress.ts";
import type { Scores } from "../../runtime/protocol/score/score.ts";

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
    ...(outcome.peakMemoryBytes === null
      ? []
      : [`${Math.round(outcome.peakMemoryBytes / 1e6)} MB of memory at most`]),
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
  const lines = rows.flatMap(([name, metrics]) => {
    const text = formatMetrics(metrics);
    return text === "" ? [] : [`${name}  ${text}`];
  });
  return [...lines, ...gainLines({ restored, baseline })];
}

/** SI-SDRi: how much better the stems are than the mixture taken for each of them. */
function gainLines({
  restored,
  baseline,
}: Pick<Scores, "restored" | "baseline">): readonly string[] {
  const before = baseline?.metrics.siSdr ?? [];
  const gains = (restored.siSdr ?? []).flatMap(({ stem, values }) => {
    const base = before.find((other) => other.stem === stem)?.values;
    if (base === undefined) return [];
    return [
      `${stem} ${spread(
        values.map((value, i) => value - (base[i] ?? base[0] ?? 0)),
        2,
      )} dB`,
    ];
  });
  return gains.length === 0 ? [] : [`SI-SDRi   ${gains.join(", ")}`];
}

function formatMetrics({ psnr, ssim, siSdr = [] }: Metrics): string {
  const scores = [
    ...siSdr.map(
      ({ stem, values }) => `SI-SDR${stem === "" ? "" : ` ${stem}`} ${spread(values, 2)} dB`,
    ),
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
