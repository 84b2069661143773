import { expect, test } from "vitest";
import { scoreTable } from "./score-table.ts";

const scores = (psnr: readonly number[], ssim: readonly number[]) => ({
  restored: { psnr, ssim, leftOut: [] },
  baseline: { psnr: [20.5], leftOut: [] },
});

test("the result, the run before and the baseline, of what was measured of each", () => {
  expect(scoreTable(scores([26.001], [0.8]), scores([25], [0.7]))).toEqual({
    columns: ["PSNR / dB", "SSIM"],
    rows: [
      { of: "restored", cells: ["26.00", "0.800"] },
      { of: "before", cells: ["25.00", "0.700"] },
      { of: "baseline", cells: ["20.50", ""] },
    ],
  });
});

test("of several samples the mean and the standard deviation", () => {
  const table = scoreTable(scores([24, 26], [0.5, 0.7]), null);
  expect(table?.rows[0]?.cells).toEqual(["25.00 ± 1.00", "0.600 ± 0.100"]);
});

test("stems have a column each, and one that has no name none in its column's", () => {
  const restored = {
    siSdr: [
      { stem: "bass", values: [10] },
      { stem: "", values: [3] },
    ],
    leftOut: [],
  };
  expect(scoreTable({ restored, baseline: null }, null)?.columns).toEqual([
    "SI-SDR bass / dB",
    "SI-SDR / dB",
  ]);
});

test("nothing where there is nothing to compare with", () => {
  expect(scoreTable({ restored: { leftOut: ["no truth"] }, baseline: null }, null)).toBeNull();
});
