import type { Metrics } from "../../runtime/protocol/score/measure.ts";
import type { RunScores } from "./run-store.ts";

export interface ScoreTable {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly of: "restored" | "before" | "baseline";
    /** One a column; empty where it was not measured. */
    readonly cells: readonly string[];
  }[];
}

/** What was measured of a run, the run before it and the baseline; null where nothing was. */
export function scoreTable(
  { restored, baseline }: RunScores,
  before: RunScores | null,
): ScoreTable | null {
  const columns = columnsOf(restored);
  if (columns.length === 0) return null;
  const rows = [
    { of: "restored" as const, metrics: restored },
    { of: "before" as const, metrics: before?.restored ?? null },
    { of: "baseline" as const, metrics: baseline },
  ];
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.flatMap(({ of, metrics }) => {
      if (metrics === null) return [];
      const measured = columnsOf(metrics);
      return [{ of, cells: columns.map(({ name }) => textOf(measured, name)) }];
    }),
  };
}

interface Column {
  readonly name: string;
  readonly values: readonly number[];
  readonly digits: number;
}

function columnsOf({ psnr, ssim, siSdr = [] }: Metrics): readonly Column[] {
  return [
    ...(psnr === undefined ? [] : [{ name: "PSNR / dB", values: psnr, digits: 2 }]),
    ...(ssim === undefined ? [] : [{ name: "SSIM", values: ssim, digits: 3 }]),
    ...siSdr.map(({ stem, values }) => ({
      name: `SI-SDR ${stem} / dB`.replace("  ", " "),
      values,
      digits: 2,
    })),
  ];
}

/** A number, or of several samples their mean and standard deviation. */
function textOf(columns: readonly Column[], wanted: string): string {
  const column = columns.find(({ name }) => name === wanted);
  if (column === undefined) return "";
  const { values, digits } = column;
  const mean = average(values);
  if (values.length < 2) return mean.toFixed(digits);
  const deviation = Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
