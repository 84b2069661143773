import type { BuildContext } from "../../runtime/graph/define-node.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { formatShape, sameShape } from "../../runtime/tensor/tensor.ts";
import { affine, number, reduceMean, reshape, square, sub } from "../../runtime/trace/math.ts";

/** Mean over everything but the batch: [batch]. */
export function sampleMean(ctx: BuildContext, x: Value): Value {
  const axes = x.shape.map((_, i) => i).slice(1);
  return reshape(ctx, reduceMean(ctx, x, axes), [x.shape[0] ?? 1]);
}

/** Mean squared difference of each sample: [batch]. */
export function meanSquaredError(ctx: BuildContext, a: Value, b: Value): Value {
  return sampleMean(ctx, square(ctx, sub(ctx, a, b)));
}

export const deviceScalar = (value: Value): Scalar => ({ on: "device", value });

/** `x` clamped to the data range and mapped to [0,1]. */
export function toUnit(ctx: BuildContext, x: Value, [low, high]: readonly [number, number]): Value {
  const clamped = ctx.op("Clip", [x, number(ctx, x, low), number(ctx, x, high)], {});
  return affine(ctx, clamped, 1 / (high - low), -low / (high - low));
}

/** @throws RangeError when a picture and its ground truth differ in shape. */
export function requireSameShape(a: Value, b: Value): void {
  if (!sameShape(a.shape, b.shape))
    throw new RangeError(
      `x ${formatShape(a.shape)} and groundTruth ${formatShape(b.shape)} must have the same shape`,
    );
}
