import { z } from "zod";
import { defineNode, optional, type BuildContext } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import {
  addNumber,
  div,
  expand,
  mul,
  reduceMean,
  reduceSum,
  reshape,
  scale,
  sliceAxis,
  square,
  sub,
} from "../../runtime/trace/math.ts";
import { deviceScalar, requireSameShape } from "./per-sample.ts";

/** Keeps silence from dividing by zero, as in the authors' code. */
const tiny = 1e-8;

export const siSdr = defineNode({
  type: "metric/si-sdr",
  v: 1,
  title: "SI-SDR",
  summary:
    "Scale-invariant signal-to-distortion ratio in dB of separated stems [N, stems, samples], the mean over stems, or that of one stem (counted from 0). improvement is how much better it is than the mixture taken for every stem, where the mixture is wired.",
  formula:
    "10\\log_{10}\\frac{\\lVert a\\,s\\rVert^2}{\\lVert a\\,s - \\hat s\\rVert^2},\\quad a = \\frac{\\hat s^{\\top}s}{\\lVert s\\rVert^2}",
  source:
    "Le Roux et al. 2019, arXiv:1811.02508; without removing means and with 1e-8 in every ratio, as in the evaluation of Mariani et al. 2023 (MSDM) that ProjDiff uses",
  params: z.strictObject({
    stem: z.int().min(0).optional().meta({
      description: "The one stem that is measured, counted from 0; left out, the mean over all.",
    }),
  }),
  scalars: z.strictObject({}),
  inputs: {
    x: port.signal(),
    groundTruth: port.signal(),
    mixture: optional(port.measurement()),
  },
  outputs: { siSdr: port.scalar(), improvement: optional(port.scalar()) },
  units: { siSdr: "dB", improvement: "dB" },
  build({ params: { stem }, inputs: { x, groundTruth, mixture }, ctx }) {
    requireSameShape(x, groundTruth);
    const [batch = 1, stems = 1, ...rest] = x.shape;
    if (rest.length !== 1)
      throw new RangeError(
        `SI-SDR is for stems [N, stems, samples]; x has shape [${x.shape.join(",")}]`,
      );
    if (stem !== undefined && stem >= stems)
      throw new RangeError(`there is no stem ${stem}: x has ${stems}, counted from 0`);
    const one = (all: Value): Value =>
      reshape(
        ctx,
        stem === undefined
          ? reduceMean(ctx, all, [1])
          : sliceAxis(ctx, all, 1, { start: stem, end: stem + 1 }),
        [batch],
      );
    const found = ratio(ctx, x, groundTruth);
    const better =
      mixture === undefined
        ? undefined
        : sub(ctx, found, ratio(ctx, expand(ctx, mixture, x.shape), groundTruth));
    return {
      siSdr: deviceScalar(one(found)),
      improvement: better && deviceScalar(one(better)),
    };
  },
});

/** In dB for every stem: [batch, stems, 1]. */
function ratio(ctx: BuildContext, estimate: Value, stem: Value): Value {
  const sum = (of: Value) => addNumber(ctx, reduceSum(ctx, of, [2]), tiny);
  const gain = div(ctx, sum(mul(ctx, estimate, stem)), sum(square(ctx, stem)));
  const target = mul(ctx, gain, stem);
  const signal = sum(square(ctx, target));
  const distortion = sum(square(ctx, sub(ctx, target, estimate)));
  return scale(ctx, ctx.op("Log", [div(ctx, signal, distortion)], {}), 10 / Math.LN10);
}
