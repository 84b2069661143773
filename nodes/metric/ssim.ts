import { z } from "zod";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { formatShape } from "../../runtime/tensor/tensor.ts";
import {
  addNumber,
  affine,
  div,
  mapAxis,
  mul,
  square,
  sub,
  add,
  type Matrix,
} from "../../runtime/trace/math.ts";
import { dataRange } from "./data-range.ts";
import { deviceScalar, requireSameShape, sampleMean, toUnit } from "./per-sample.ts";

const taps = 11;
const windowStd = 1.5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

export const ssim = defineNode({
  type: "metric/ssim",
  v: 1,
  title: "SSIM",
  summary:
    "Structural similarity, one number a sample: 1 for equal pictures. Pictures are clamped to the data range and mapped to [0,1].",
  formula:
    "\\operatorname{mean}\\frac{(2\\mu_x\\mu_y + c_1)(2\\sigma_{xy} + c_2)}{(\\mu_x^2 + \\mu_y^2 + c_1)(\\sigma_x^2 + \\sigma_y^2 + c_2)}",
  source:
    "Wang et al. 2004, doi:10.1109/TIP.2003.819861: on [0,1], Gaussian window of 11 taps and std 1.5, only windows that lie inside the picture, population covariance, c1 = 0.01², c2 = 0.03², mean over positions of each channel, then over channels; no down-sampling",
  params: z.strictObject({ range: dataRange }),
  scalars: z.strictObject({}),
  inputs: { x: port.signal(), groundTruth: port.signal() },
  outputs: { ssim: port.scalar() },
  build({ params: { range }, inputs: { x, groundTruth }, ctx }) {
    requireSameShape(x, groundTruth);
    requireWindow(x);
    const map = similarity(ctx, toUnit(ctx, x, range), toUnit(ctx, groundTruth, range));
    return { ssim: deviceScalar(sampleMean(ctx, map)) };
  },
});

function requireWindow({ shape }: Value): void {
  const spatial = shape.slice(2);
  if (spatial.length === 0 || spatial.some((d) => d < taps))
    throw new RangeError(
      `SSIM needs pictures of at least ${taps} pixels along every spatial axis, got ${formatShape(shape.slice(1))}`,
    );
}

/** The SSIM of every window: [batch, channels, …spatial − 10]. */
function similarity(ctx: BuildContext, x: Value, y: Value): Value {
  const [meanX, meanY] = [windowMean(ctx, x), windowMean(ctx, y)];
  const [xx, yy, xy] = [square(ctx, meanX), square(ctx, meanY), mul(ctx, meanX, meanY)];
  const moments = windowMean(ctx, add(ctx, square(ctx, x), square(ctx, y)));
  const covariance = sub(ctx, windowMean(ctx, mul(ctx, x, y)), xy);
  const means = add(ctx, xx, yy);
  const variances = sub(ctx, moments, means);
  return div(
    ctx,
    mul(ctx, affine(ctx, xy, 2, c1), affine(ctx, covariance, 2, c2)),
    mul(ctx, addNumber(ctx, means, c1), addNumber(ctx, variances, c2)),
  );
}

function windowMean(ctx: BuildContext, x: Value): Value {
  return x.shape
    .map((_, axis) => axis)
    .slice(2)
    .reduce((value, axis) => mapAxis(ctx, value, axis, windowMatrix(x.shape[axis] ?? 0)), x);
}

/** The Gaussian window at every place inside a line of `size` pixels: [size − 10, size]. */
function windowMatrix(size: number): Matrix {
  const bell = Array.from({ length: taps }, (_, i) =>
    Math.exp(-0.5 * ((i - (taps - 1) / 2) / windowStd) ** 2),
  );
  const sum = bell.reduce((total, value) => total + value, 0);
  const rows = size - taps + 1;
  const values = Array.from({ length: rows * size }, (_, i) => {
    const tap = (i % size) - Math.floor(i / size);
    return (bell[tap] ?? 0) / sum;
  });
  return { rows, columns: size, values };
}
