import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { number, scale } from "../../runtime/trace/math.ts";
import { dataRange } from "./data-range.ts";
import { deviceScalar, meanSquaredError, requireSameShape, toUnit } from "./per-sample.ts";

/** Equal pictures have no finite PSNR: this is the most that is reported, in dB. */
const mostDb = 120;

export const psnr = defineNode({
  type: "metric/psnr",
  v: 1,
  title: "PSNR",
  summary:
    "Peak signal-to-noise ratio in dB, one number a sample, after clamping to the data range. Equal pictures give 120 dB.",
  formula: "10\\log_{10}\\frac{R^2}{\\mathrm{MSE}(x, x^\\ast)}",
  source:
    "Denoodle; R is the width of the data range (2 for [-1,1]), both pictures are clamped to it, the mean is over all channels",
  params: z.strictObject({ range: dataRange }),
  scalars: z.strictObject({}),
  inputs: { x: port.signal(), groundTruth: port.signal() },
  outputs: { psnr: port.scalar() },
  units: { psnr: "dB" },
  build({ params: { range }, inputs: { x, groundTruth }, ctx }) {
    requireSameShape(x, groundTruth);
    const mse = meanSquaredError(ctx, toUnit(ctx, x, range), toUnit(ctx, groundTruth, range));
    const least = number(ctx, mse, 10 ** (-mostDb / 10));
    const log = ctx.op("Log", [ctx.op("Max", [mse, least], {})], {});
    return { psnr: deviceScalar(scale(ctx, log, -10 / Math.LN10)) };
  },
});
