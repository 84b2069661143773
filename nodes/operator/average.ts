import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape } from "../../runtime/tensor/tensor.ts";
import { expand, matMul, reduceMean, reshape, scale } from "../../runtime/trace/math.ts";
import { resized } from "../resize.ts";
import { lastTwo } from "./family.ts";

export const average = defineNode({
  type: "operator/average",
  v: 1,
  title: "Average down-sampling",
  summary:
    "Super-resolution by block averages: each measured pixel is the mean of a block of factor × factor pixels.",
  formula: "(A x)_{ij} = \\tfrac1{r^2}\\sum_{a,b<r} x_{ri+a,\\,rj+b}",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793; all singular values are 1/r",
  params: z.strictObject({ factor: z.int().min(1).max(64).default(4) }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { factor } }) => ({
    operator: {
      bound: false,
      family: {
        label: `average x${factor}`,
        signalOf: ([c = 1, h = 1, w = 1]) => [c, h * factor, w * factor],
        bind: (signal) => bindAverage(signal, factor),
      },
    },
  }),
});

function bindAverage(signal: Shape, r: number): Operator {
  const [height, width] = lastTwo(signal);
  if (height % r !== 0 || width % r !== 0)
    throw new RangeError(
      `averaging by ${r} needs a height and a width that ${r} divides, the image is ${height}x${width}`,
    );
  const [channels = 1] = signal;
  const [h, w] = [height / r, width / r];
  const down = (emit: Emit, x: Value) =>
    reduceMean(emit, reshape(emit, x, [x.shape[0] ?? 1, channels, h, r, w, r]), [3, 5], false);
  // The columns by a product with a row of equal numbers, then whole rows: several times faster than one Expand.
  const spread = (emit: Emit, y: Value, factor: number) => {
    const n = y.shape[0] ?? 1;
    const repeats = emit.constant(float32(new Float32Array(r).fill(factor), [1, r]));
    const rows = matMul(emit, reshape(emit, y, [n * channels * h * w, 1]), repeats);
    const blocks = expand(emit, reshape(emit, rows, [n, channels, h, 1, width]), [
      n,
      channels,
      h,
      r,
      width,
    ]);
    return reshape(emit, blocks, [n, channels, height, width]);
  };
  const up = (emit: Emit, y: Value) => spread(emit, y, 1);
  const adjoint = (emit: Emit, y: Value) => spread(emit, y, 1 / r ** 2);
  return {
    label: `average x${r}`,
    linear: true,
    signal,
    measurement: [channels, h, w],
    apply: down,
    vjp: (emit, _, residual) => adjoint(emit, residual),
    adjoint,
    pinv: up,
    pinvTransposed: (emit, x) => scale(emit, down(emit, x), r ** 2),
    projector: (emit, x) => up(emit, down(emit, x)),
    baseline: (emit, y) => resized(emit, y, [height, width]),
    equivalentVariance: (sigma) => r ** 2 * sigma ** 2,
    observedCount: channels * h * w,
    lipschitz: 1 / r ** 2,
  };
}
