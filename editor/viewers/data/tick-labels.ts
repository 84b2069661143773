import { formatNumber } from "./format-number.ts";

/** Labels of ticks, with the digits by which they differ: `10.05`, `10.1`. */
export function tickLabels(ticks: readonly number[]): readonly string[] {
  const steps = ticks.slice(1).map((tick, i) => Math.abs(tick - (ticks[i] ?? tick)));
  const step = Math.min(...steps.filter((size) => size > 0));
  const most = Math.max(...ticks.map(Math.abs));
  const digits = Number.isFinite(step) ? Math.ceil(Math.log10(most / step)) + 2 : 3;
  return ticks.map((tick) => formatNumber(tick, Math.min(12, Math.max(3, digits))));
}

/** Pixels that the longest of labels of 11 pixels takes beside a chart. */
export const labelWidth = (labels: readonly string[], least: number): number =>
  Math.max(least, 12 + 7 * Math.max(0, ...labels.map(({ length }) => length)));
