import type { Operator } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, sizeOf, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { mul, padOrCrop } from "../../../runtime/trace/math.ts";
import { sameMatrix, type AxisMatrix } from "./axis-matrix.ts";
import { axisParts, type AxisPart, type Cutoff } from "./axis-parts.ts";
import { lastTwo } from "../shared/family.ts";
import { lazy } from "../shared/lazy.ts";

/** L and R of y = L x Rᵀ, for signals [C, rows.columns, columns.columns]. */
export interface AxisPair {
  readonly rows: AxisMatrix;
  readonly columns: AxisMatrix;
}

/** The same 1-D map, made for its size, along both axes of an image. */
export function perAxis(signal: Shape, make: (size: number) => AxisMatrix): AxisPair {
  const [height, width] = lastTwo(signal);
  const rows = make(height);
  return { rows, columns: width === height ? rows : make(width) };
}

/**
 * y = L x Rᵀ, the same for every channel: all columns come of the two 1-D matrices. Its singular values are
 * the products of theirs; a cutoff is for theirs.
 *
 * Spectral tensors have the shape of the signal; the entry (i, j) belongs to the i-th singular value of L and
 * the j-th of R.
 */
export function separableOperator(
  label: string,
  signal: Shape,
  { rows: left, columns: right }: AxisPair,
  { baseline, ...cutoff }: Cutoff & Pick<Operator, "baseline">,
): Operator {
  const rows = axisParts(left, cutoff);
  const columns = sameMatrix(left, right) ? rows : axisParts(right, cutoff);
  const both = (part: AxisPart) => (emit: Emit, x: Value) =>
    columns.maps[part]().onColumns(emit, rows.maps[part]().onRows(emit, x));
  const [channels = 1, height = 1, width = 1] = signal;
  const measurement = [channels, left.rows, right.rows];
  const adjoint = both("adjoint");
  const padded = (emit: Emit, c: Value) => {
    const [, , h = 1, w = 1] = c.shape;
    return padOrCrop(emit, c, [0, 0, 0, 0], [0, 0, height - h, width - w]);
  };
  const values = lazy(() => ({
    rows: valuesAlong(rows.values(), [1, 1, height, 1]),
    columns: valuesAlong(columns.values(), [1, 1, 1, width]),
  }));
  return {
    label,
    linear: true,
    signal,
    measurement,
    apply: both("apply"),
    vjp: (emit, _, r) => adjoint(emit, r),
    adjoint,
    pinv: both("pinv"),
    pinvTransposed: both("pinvTransposed"),
    projector: both("projector"),
    svd: {
      toSpectral: both("toSpectral"),
      fromSpectral: both("fromSpectral"),
      measurementToSpectral: (emit, y) => padded(emit, both("measurementToSpectral")(emit, y)),
      singularValues: (emit) =>
        mul(emit, emit.constant(values().rows), emit.constant(values().columns)),
    },
    ...(baseline && { baseline }),
    observedCount: sizeOf(measurement),
    get lipschitz() {
      return rows.largest() * columns.largest();
    },
  };
}

function valuesAlong(values: Float64Array, shape: Shape): TensorData {
  const all = new Float32Array(sizeOf(shape));
  all.set(values);
  return float32(all, shape);
}
