import type { Operator } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { float32, sizeOf, type Shape } from "../../../runtime/tensor/tensor.ts";
import { mapAxis, mul, padOrCrop, reduceSum, scale } from "../../../runtime/trace/math.ts";
import { axisMatrix, transposed, type AxisMatrix } from "../separable/axis-matrix.ts";
import { completeBasis } from "../separable/complete-basis.ts";
import { lazy } from "./lazy.ts";

/**
 * y = Σ_k weights_k x_k over the channels of a signal [K, …]; the measurement is [1, …].
 *
 * One singular value, the length of the weights. Spectral tensors have the shape of the signal; channel 0
 * belongs to it.
 */
export function channelSum(label: string, signal: Shape, weights: readonly number[]): Operator {
  const [channels = 1, ...rest] = signal;
  if (channels !== weights.length)
    throw new RangeError(
      `a ${label} needs a signal of ${weights.length} channels, this one has ${channels}`,
    );
  const squared = weights.reduce((sum, w) => sum + w * w, 0);
  const alongChannels = [1, channels, ...rest.map(() => 1)];
  const row = float32(weights, alongChannels);
  const equal = weights.every((w) => w === 1);
  const sum = (emit: Emit, x: Value) =>
    reduceSum(emit, equal ? x : mul(emit, x, emit.constant(row)), [1]);
  const repeat = (emit: Emit, y: Value) => mul(emit, y, emit.constant(row));
  const pinv = (emit: Emit, y: Value) => repeat(emit, scale(emit, y, 1 / squared));
  const basis = lazy(() => basisOf(weights.map((w) => w / Math.sqrt(squared))));
  const values = lazy(() =>
    float32(
      weights.map((_, k) => (k === 0 ? Math.sqrt(squared) : 0)),
      alongChannels,
    ),
  );
  const none = [0, 0, ...rest.map(() => 0)];
  return {
    label,
    linear: true,
    signal,
    measurement: [1, ...rest],
    apply: sum,
    vjp: (emit, _, r) => repeat(emit, r),
    adjoint: repeat,
    pinv,
    pinvTransposed: (emit, x) => scale(emit, sum(emit, x), 1 / squared),
    projector: (emit, x) => pinv(emit, sum(emit, x)),
    svd: {
      toSpectral: (emit, x) => mapAxis(emit, x, 1, asMatrix(transposed(basis()))),
      fromSpectral: (emit, c) => mapAxis(emit, c, 1, asMatrix(basis())),
      measurementToSpectral: (emit, y) =>
        padOrCrop(
          emit,
          y,
          none,
          none.map((_, axis) => (axis === 1 ? channels - 1 : 0)),
        ),
      singularValues: (emit) => emit.constant(values()),
    },
    equivalentVariance: (sigma) => sigma ** 2 / squared,
    observedCount: sizeOf(rest),
    lipschitz: squared,
  };
}

/** An orthogonal matrix whose first column is `unit`. */
const basisOf = (unit: readonly number[]) =>
  completeBasis(axisMatrix(unit.length, 1, (i) => unit[i] ?? 0));

const asMatrix = ({ rows, columns, data }: AxisMatrix) => ({ rows, columns, values: [...data] });
