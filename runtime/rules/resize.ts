import { issueError } from "../base/issue.ts";
import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { float32, formatShape, int64 } from "../tensor/tensor.ts";
import { demand } from "./family.ts";
import { resizeMatrix } from "./resize-matrix.ts";
import type { Rule } from "./rule.ts";
import { mapAxis, scale, transposeMatrix, type Matrix } from "./write.ts";

type ResizeParams = Params<"Resize">;

/** Interpolation: a linear map along every axis that changes, so the gradient is the transposed maps. */
export const resize: Rule<"Resize"> = {
  infer: ([x], { sizes }) => {
    demand(
      sizes.length === x.shape.length,
      "Resize",
      `${formatShape(sizes)} does not name every axis of ${formatShape(x.shape)}`,
    );
    return [{ dtype: x.dtype, shape: sizes }];
  },
  vjp: (emit, { inputs: [x], params, cotangents: [g] }) => {
    if (!g) return [null];
    if (params.coordinateTransformationMode === "tf_crop_and_resize")
      throw issueError(
        "gradient.no-rule",
        "Resize with tf_crop_and_resize has no gradient rule; resize and crop in two nodes instead.",
      );
    const matrices = x.shape.map((size, axis) => axisMatrix(params, axis, size));
    const pooled = sumBlocks(
      emit,
      g,
      matrices.map((matrix) => (matrix === null ? 1 : repeatsOf(matrix))),
    );
    return [
      matrices.reduce<Value>(
        (v, matrix, axis) =>
          matrix === null || v.shape[axis] === x.shape[axis]
            ? v
            : mapAxis(emit, v, axis, transposeMatrix(matrix)),
        pooled,
      ),
    ];
  },
  cost: (_inputs, { mode }, [y]) =>
    (y?.shape ?? []).reduce((n, d) => n * d, mode === "nearest" ? 1 : 8),
  onnx: (params, [x]) => ({
    attributes: {
      mode: params.mode,
      coordinate_transformation_mode: params.coordinateTransformationMode,
      nearest_mode: params.nearestMode,
      cubic_coeff_a: { float: params.cubicCoeffA },
      antialias: params.antialias ? 1 : 0,
      exclude_outside: params.excludeOutside ? 1 : 0,
    },
    extraInputs: scalesHold(params, x.shape)
      ? { 2: float32(params.scales, [params.scales.length]) }
      : { 3: int64(params.sizes) },
  }),
};

/** Whether the scales alone give the output sizes, by ONNX's floor(size · scale). */
function scalesHold({ scales, sizes }: ResizeParams, shape: readonly number[]): boolean {
  return (
    scales.length === shape.length &&
    sizes.every((size, i) => size === Math.floor((shape[i] ?? 1) * Math.fround(scales[i] ?? 1)))
  );
}

/** The map along one axis; `null` when it changes nothing. */
function axisMatrix(params: ResizeParams, axis: number, size: number): Matrix | null {
  const out = params.sizes[axis] ?? size;
  const scale = params.scales[axis] ?? out / size;
  return out === size && scale === 1 ? null : resizeMatrix({ ...params, size, out, scale });
}

/** How often each element is repeated, where the map does just that; else 1. */
function repeatsOf({ rows, columns, values }: Matrix): number {
  const times = rows / columns;
  const repeats = values.every(
    (v, i) => v === (Math.floor(Math.floor(i / columns) / times) === i % columns ? 1 : 0),
  );
  return Number.isInteger(times) && repeats ? times : 1;
}

/** Sums of blocks of `times[i]` along axis i: on spatial axes average pooling, the fastest form. */
function sumBlocks(emit: Emit, g: Value, times: readonly number[]): Value {
  const kernel = times.slice(2);
  if (kernel.every((n) => n === 1) || times.slice(0, 2).some((n) => n !== 1)) return g;
  const mean = emit.op("AveragePool", [g], {
    kernel,
    strides: kernel,
    dilations: kernel.map(() => 1),
    pads: kernel.flatMap(() => [0, 0]),
    countIncludePad: false,
    ceilMode: false,
  });
  return scale(
    emit,
    mean,
    kernel.reduce((a, b) => a * b, 1),
  );
}
