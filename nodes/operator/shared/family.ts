import type { Operator, OperatorEmit, OperatorFamily } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import type { Shape, TensorData } from "../../../runtime/tensor/tensor.ts";
import { add, div, expand, mul, reduceSum, sub } from "../../../runtime/trace/math.ts";

/** An operator whose measurements have the shape of its signals. */
export function sameSpace(
  label: string,
  bind: (signal: Shape) => Operator,
): { readonly bound: false; readonly family: OperatorFamily } {
  return { bound: false, family: { label, signalOf: (measurement) => measurement, bind } };
}

/** The baseline of a blur: its measurement looks better than a pseudo-inverse, which amplifies the noise. */
export const asItIs = (_: OperatorEmit, y: Value): Value => y;

/** A multiplication by 0/1 entries: a mask [1, 1, …spatial], 1 where observed. */
export function maskOperator(
  label: string,
  signal: Shape,
  mask: (emit: OperatorEmit) => Value,
  observed?: number,
): Operator {
  const masked = (emit: OperatorEmit, x: Value) => mul(emit, x, mask(emit));
  return {
    label,
    linear: true,
    signal,
    measurement: signal,
    apply: masked,
    vjp: (emit, _, r) => masked(emit, r),
    adjoint: masked,
    pinv: masked,
    pinvTransposed: masked,
    projector: masked,
    baseline: (emit, y) => meanFill(emit, y, mask(emit)),
    project(emit, x, y, scale) {
      const m = mask(emit);
      const known = mul(emit, mul(emit, y, emit.scalar(scale)), m);
      return add(emit, mul(emit, x, sub(emit, emit.scalar(1), m)), known);
    },
    svd: {
      toSpectral: (_, x) => x,
      fromSpectral: (_, c) => c,
      measurementToSpectral: masked,
      singularValues: mask,
    },
    equivalentVariance: (sigma) => sigma ** 2,
    ...(observed === undefined ? {} : { observedCount: observed }),
    lipschitz: 1,
  };
}

/** Missing pixels take the mean of the known ones of all channels; 0 where none is known. */
function meanFill(emit: OperatorEmit, y: Value, m: Value): Value {
  const all = y.shape.map((_, axis) => axis).slice(1);
  const known = mul(emit, y, m);
  const count = reduceSum(emit, expand(emit, m, [1, ...y.shape.slice(1)]), all);
  const mean = div(emit, reduceSum(emit, known, all), emit.op("Max", [count, emit.scalar(1)], {}));
  return add(emit, known, mul(emit, mean, sub(emit, emit.scalar(1), m)));
}

/** A mask as constant data over the last two axes of `signal`. */
export function maskData(
  signal: Shape,
  observed: (row: number, column: number) => boolean,
): TensorData {
  const [height, width] = lastTwo(signal);
  const data = new Float32Array(height * width);
  for (let i = 0; i < height; i += 1)
    for (let j = 0; j < width; j += 1) data[i * width + j] = observed(i, j) ? 1 : 0;
  return { dtype: "float32", shape: [1, 1, height, width], data };
}

/** Height and width of an image shape [C, H, W]. */
export function lastTwo(signal: Shape): readonly [number, number] {
  const [, height, width] = signal;
  if (signal.length !== 3 || height === undefined || width === undefined)
    throw new RangeError(
      `this operator acts on images [N,C,H,W], and after the first axis, which counts samples, the signal has shape [${signal.join(",")}]; one image is [1,C,H,W]`,
    );
  return [height, width];
}

export function countObserved(signal: Shape, { data }: TensorData): number {
  return (signal[0] ?? 1) * (data as Float32Array).reduce((sum, m) => sum + m, 0);
}
