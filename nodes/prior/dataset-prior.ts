import type { Level, Prior, PriorContext } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import {
  float32,
  formatShape,
  sameShape,
  sizeOf,
  type Shape,
} from "../../runtime/tensor/tensor.ts";
import { mapHost, type Host } from "../../runtime/trace/host.ts";
import {
  add,
  matMul,
  mul,
  neg,
  reduceSum,
  reshape,
  scale,
  square,
  sub,
  transpose,
} from "../../runtime/trace/math.ts";
import { closedFormPrior, takesOnly } from "./closed-form.ts";

/** Signals of one shape; `values` row by row. */
export interface Dataset {
  readonly items: number;
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** @param mostDifferences How many differences x − αz may be held at once; above it a matrix product is used. */
export function datasetPrior(label: string, data: Dataset, mostDifferences = 2 ** 24): Prior {
  return closedFormPrior({
    label,
    whyNotShape: (signal) => whyNotShape(data, signal),
    takes: takesOnly(data.shape.length === 2 ? [1, ...data.shape] : data.shape),
    posteriorMean(ctx, x, level) {
      const [batch = 1, ...signal] = x.shape;
      const size = sizeOf(signal);
      const items = ctx.constant(float32(data.values, [data.items, size]));
      const state = { x: reshape(ctx, x, [batch, size]), items, level };
      const isSmall = batch * data.items * size <= mostDifferences;
      const exponent = isSmall ? directExponent(ctx, state) : productExponent(ctx, data, state);
      const share = ctx.op("Softmax", [exponent], { axis: 1 });
      return reshape(ctx, matMul(ctx, share, items), x.shape);
    },
  });
}

/** Axes of length 1 do not matter: pictures may be stored without a channel axis. */
function whyNotShape({ shape }: Dataset, signal: Shape): string | null {
  const bare = (axes: Shape) => axes.filter((d) => d !== 1);
  if (sameShape(bare(shape), bare(signal))) return null;
  return `The data set holds signals of shape ${formatShape(shape)}, the signal has ${formatShape(signal)}.`;
}

const leastSigma = 1e-6;

interface State {
  /** [batch, size] */
  readonly x: Value;
  /** [items, size] */
  readonly items: Value;
  readonly level: Host<Level>;
}

const perSigma = ({ sigma }: Level) => 1 / Math.max(sigma, leastSigma);

/** −‖(x − αz)/σ‖²/2 from the differences: exact to float32 at every level. [batch, items] */
function directExponent(ctx: PriorContext, { x, items, level }: State): Value {
  const [batch = 1, size = 1] = x.shape;
  const alpha = ctx.scalar(mapHost([level], (l) => l.alpha));
  const away = sub(ctx, reshape(ctx, x, [batch, 1, size]), mul(ctx, items, alpha));
  const scaled = mul(ctx, away, ctx.scalar(mapHost([level], perSigma)));
  return scale(ctx, reduceSum(ctx, square(ctx, scaled), [2], false), -0.5);
}

/**
 * The same up to a constant by one matrix product, around the mean c of the set: with d = x − αc
 * and w = z − c it is (α/σ²)(dᵀw − α‖w‖²/2). Rounding is about 1e-7 ‖d‖‖w‖/σ²: below σ = 0.01 it
 * blurs the choice between items that are less than a few σ apart, and only that.
 */
function productExponent(ctx: PriorContext, data: Dataset, { x, items, level }: State): Value {
  const size = x.shape[1] ?? 1;
  const { mean, halfNorms } = centred(data, size);
  const centre = ctx.constant(float32(mean, [1, size]));
  const alpha = ctx.scalar(mapHost([level], (l) => l.alpha));
  const away = sub(ctx, x, mul(ctx, centre, alpha));
  const towards = matMul(ctx, away, transpose(ctx, sub(ctx, items, centre), [1, 0]));
  const norms = mul(ctx, ctx.constant(float32(halfNorms, [1, data.items])), alpha);
  const gain = mapHost([level], (l) => l.alpha * perSigma(l) ** 2);
  return mul(ctx, add(ctx, towards, neg(ctx, norms)), ctx.scalar(gain));
}

function centred({ items, values }: Dataset, size: number) {
  const mean = new Float64Array(size);
  values.forEach((value, i) => {
    mean[i % size] = (mean[i % size] ?? 0) + value / items;
  });
  const rounded = Float32Array.from(mean);
  const halfNorms = new Float64Array(items);
  values.forEach((value, i) => {
    const k = Math.floor(i / size);
    halfNorms[k] = (halfNorms[k] ?? 0) + (value - (rounded[i % size] ?? 0)) ** 2 / 2;
  });
  return { mean: rounded, halfNorms };
}
