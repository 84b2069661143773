import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import {
  expand,
  matMul,
  mul,
  padOrCrop,
  reduceMean,
  reshape,
  scale,
} from "../../runtime/trace/math.ts";
import { resized } from "../resize.ts";
import { axisMatrix, block, transposed } from "./separable/axis-matrix.ts";
import { completeBasis } from "./separable/complete-basis.ts";
import { lastTwo } from "./shared/family.ts";
import { lazy } from "./shared/lazy.ts";

export const average = defineNode({
  type: "operator/average",
  v: 1,
  title: "Average down-sampling",
  summary:
    "Super-resolution by block averages: each measured pixel is the mean of a block of factor × factor pixels.",
  formula: "(A x)_{ij} = \\tfrac1{r^2}\\sum_{a,b<r} x_{ri+a,\\,rj+b}",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793; all singular values are 1/r",
  params: z.strictObject({
    factor: z
      .int()
      .min(1)
      .max(64)
      .default(4)
      .meta({ description: "Height and width of the squares that are averaged.", unit: "px" }),
  }),
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
    svd: blockBasis([channels, height, width], r),
    baseline: (emit, y) => resized(emit, y, [height, width]),
    equivalentVariance: (sigma) => r ** 2 * sigma ** 2,
    observedCount: channels * h * w,
    lipschitz: 1 / r ** 2,
  };
}

/**
 * An orthonormal basis of each block of r × r pixels, separable, whose first vector is constant. Spectral
 * tensors have the shape of the image, every block's coordinates where its pixels are.
 */
function blockBasis(
  [channels, height, width]: readonly [number, number, number],
  r: number,
): NonNullable<Operator["svd"]> {
  const basis = lazy(() => {
    const vectors = completeBasis(axisMatrix(r, 1, () => 1 / Math.sqrt(r)));
    const whole = { top: 0, left: 0, rows: r, columns: r };
    return { out: block(vectors, whole), into: block(transposed(vectors), whole) };
  });
  const along = (count: number, shape: Shape) =>
    float32(
      Array.from({ length: count }, (_, i) => (i % r === 0 ? 1 / Math.sqrt(r) : 0)),
      shape,
    );
  const values = lazy(() => [along(height, [1, 1, height, 1]), along(width, [1, 1, 1, width])]);
  /** The rows of every block by `left`, its columns by `right`. */
  const both = (emit: Emit, x: Value, left: TensorData, right: TensorData) => {
    const n = x.shape[0] ?? 1;
    const rows = reshape(emit, x, [(n * channels * height) / r, r, width]);
    const columns = reshape(emit, matMul(emit, emit.constant(left), rows), [
      (n * channels * height * width) / r,
      r,
    ]);
    return reshape(emit, matMul(emit, columns, emit.constant(right)), x.shape);
  };
  return {
    toSpectral: (emit, x) => both(emit, x, basis().into, basis().out),
    fromSpectral: (emit, c) => both(emit, c, basis().out, basis().into),
    measurementToSpectral(emit, y) {
      const n = y.shape[0] ?? 1;
      const lines = (n * channels * height) / r;
      const columns = padOrCrop(
        emit,
        reshape(emit, y, [(lines * width) / r, 1]),
        [0, 0],
        [0, r - 1],
      );
      const rows = padOrCrop(
        emit,
        reshape(emit, columns, [lines, 1, width]),
        [0, 0, 0],
        [0, r - 1, 0],
      );
      return reshape(emit, rows, [n, channels, height, width]);
    },
    singularValues(emit) {
      const [rows, columns] = values().map((value) => emit.constant(value)) as [Value, Value];
      return mul(emit, rows, columns);
    },
  };
}
