import { issueError } from "../base/issue.ts";
import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { float32, formatShape, int64 } from "../tensor/tensor.ts";
import { demand } from "./family.ts";
import { resizeMatrix } from "./resize-matrix.ts";
import type { Rule } from "./rule.ts";
import { mapAxis, reduceSum, reshape, transposeMatrix, type Matrix } from "./write.ts";

type ResizeParams = Params<"Resize">;

/** Interpolation: a linear map along every axis that changes, so the gradient is the transposed maps. */
export const resize: Rule<"Resize"> = {
  infer: ([x], { sizes }) => {
    demand(sizes.length === x.shape.length, "Resize", `${formatShape(sizes)} does not name every axis of ${formatShape(x.shape)}`);
    return [{ dtype: x.dtype, shape: sizes }];
  },
  vjp: (emit, { inputs: [x], params, cotangents: [g] }) => {
    if (!g) return [null];
    if (params.coordinateTransformationMode === "tf_crop_and_resize")
      throw issueError("gradient.no-rule", "Resize with tf_crop_and_resize has no gradient rule; resize and crop in two nodes instead.");
    return [x.shape.reduce<Value>((v, size, axis) => {
      const matrix = axisMatrix(params, axis, size);
      return matrix === null ? v : resizeAxisBack(emit, v, axis, matrix);
    }, g)];
  },
  cost: (_inputs, { mode }, [y]) => (y?.shape ?? []).reduce((n, d) => n * d, mode === "nearest" ? 1 : 8),
  onnx: (params, [x]) => ({
    attributes: {
      mode: params.mode, coordinate_transformation_mode: params.coordinateTransformationMode,
      nearest_mode: params.nearestMode, cubic_coeff_a: { float: params.cubicCoeffA },
      antialias: params.antialias ? 1 : 0, exclude_outside: params.excludeOutside ? 1 : 0,
    },
    extraInputs: scalesHold(params, x.shape) ? { 2: float32(params.scales, [params.scales.length]) } : { 3: int64(params.sizes) },
  }),
};

/** Whether the scales alone give the output sizes, by ONNX's floor(size · scale). */
function scalesHold({ scales, sizes }: ResizeParams, shape: readonly number[]): boolean {
  return scales.length === shape.length && sizes.every((size, i) => size === Math.floor((shape[i] ?? 1) * Math.fround(scales[i] ?? 1)));
}

/** The map along one axis; `null` when it changes nothing. */
function axisMatrix(params: ResizeParams, axis: number, size: number): Matrix | null {
  const out = params.sizes[axis] ?? size;
  const scale = params.scales[axis] ?? out / size;
  return out === size && scale === 1 ? null : resizeMatrix({ ...params, size, out, scale });
}

function resizeAxisBack(emit: Emit, g: Value, axis: number, matrix: Matrix): Value {
  const { rows, columns, values } = matrix;
  const times = rows / columns;
  const repeats = Number.isInteger(times)
    && values.every((v, i) => v === (Math.floor(Math.floor(i / columns) / times) === i % columns ? 1 : 0));
  if (!repeats) return mapAxis(emit, g, axis, transposeMatrix(matrix));
  const blocks = [...g.shape.slice(0, axis), columns, times, ...g.shape.slice(axis + 1)];
  return reduceSum(emit, reshape(emit, g, blocks), [axis + 1], false);
}
