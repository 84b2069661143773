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
  div,
  matMul,
  mul,
  reduceSum,
  reshape,
  scale,
  square,
  sub,
} from "../../runtime/trace/math.ts";
import { closedFormPrior, takesOnly } from "./closed-form.ts";
import { gaussiansOf, logWeights } from "./gaussians.ts";
import type { Mixture } from "./mixture.ts";

/**
 * The exact denoiser of a Gaussian mixture: with component k being N(m, C), seen through the
 * noise it is N(αm, α²C + σ²I), its share r is by Bayes' rule, and
 *
 *     E[x₀ | x] = Σ r (m + αC (α²C + σ²I)⁻¹ (x − αm)).
 *
 * Everything is divided by τ² = α²c + σ² (c the mean variance) on the host, so that the shares
 * are well conditioned in float32 at every level; Softmax takes away the largest exponent.
 */
export function mixturePrior(label: string, mixture: Mixture): Prior {
  return closedFormPrior({
    label,
    whyNotShape: (signal) => whyNotShape(mixture, signal),
    takes: mixture.shape === null ? {} : takesOnly(mixture.shape),
    posteriorMean: (ctx, x, level) => posteriorMean(ctx, mixture, x, level),
    gaussians: (emit, signal) => gaussiansOf(emit, mixture, signal),
  });
}

function whyNotShape({ shape }: Mixture, signal: Shape): string | null {
  if (shape === null || sameShape(shape, signal)) return null;
  return `The mixture lives in the shape ${formatShape(shape)}, the signal has ${formatShape(signal)}.`;
}

/** Below these a noise level or a variance counts as this: keeps 0/0 away. */
const leastVariance = 1e-12;

function posteriorMean(ctx: PriorContext, mixture: Mixture, x: Value, level: Host<Level>): Value {
  const { components, varianceSize, variances } = mixture;
  const [batch = 1, ...signal] = x.shape;
  const size = sizeOf(signal);
  const middle = variances.reduce((sum, value) => sum + value, 0) / variances.length;
  const number = numbersAt(ctx, level, middle);
  const means = rows(ctx, mixture.means, components);
  const spread = ctx.constant(float32(variances, [components, varianceSize]));
  // v = (α²C + σ²)/τ², y = (x − αm)/τ along the axes of C
  const v = add(ctx, mul(ctx, spread, number.signal), number.noise);
  const away = sub(ctx, reshape(ctx, x, [batch, 1, size]), mul(ctx, means, number.alpha));
  const y = turned(ctx, mixture, mul(ctx, away, number.perTau), "to");
  const share = shares(ctx, mixture, { y, v });
  const kept = turned(
    ctx,
    mixture,
    mul(ctx, y, mul(ctx, div(ctx, spread, v), number.gain)),
    "from",
  );
  const mixed = matMul(ctx, reshape(ctx, share, [batch, 1, components]), add(ctx, kept, means));
  return reshape(ctx, mixed, x.shape);
}

function numbersAt(ctx: PriorContext, level: Host<Level>, middle: number) {
  const scalar = (compute: (alpha: number, sigma: number, tau: number) => number) =>
    ctx.scalar(
      mapHost([level], ({ alpha, sigma }) =>
        compute(alpha, sigma, Math.sqrt(Math.max(alpha ** 2 * middle + sigma ** 2, leastVariance))),
      ),
    );
  return {
    alpha: scalar((alpha) => alpha),
    perTau: scalar((_alpha, _sigma, tau) => 1 / tau),
    signal: scalar((alpha, _sigma, tau) => (alpha / tau) ** 2),
    noise: scalar((_alpha, sigma, tau) => Math.max((sigma / tau) ** 2, leastVariance)),
    gain: scalar((alpha, _sigma, tau) => alpha / tau),
  };
}

function rows(ctx: PriorContext, values: Float32Array, components: number): Value {
  return ctx.constant(float32(values, [components, values.length / components]));
}

/** [batch, components, size] to or from the axes of each component's covariance. */
function turned(
  ctx: PriorContext,
  { components, vectors }: Mixture,
  y: Value,
  way: "to" | "from",
): Value {
  if (vectors === null) return y;
  const [batch = 1, , size = 1] = y.shape;
  const columns = way === "to" ? vectors : transposed(vectors, size);
  const basis = ctx.constant(float32(columns, [components, size, size]));
  const rowVectors = reshape(ctx, y, [batch, components, 1, size]);
  return reshape(ctx, matMul(ctx, rowVectors, basis), y.shape);
}

function transposed(matrices: Float32Array, n: number): Float32Array {
  return matrices.map((_, i) => {
    const [k, row, column] = [Math.floor(i / (n * n)), Math.floor(i / n) % n, i % n];
    return matrices[k * n * n + column * n + row] ?? Number.NaN;
  });
}

/** Posterior probabilities of the components: [batch, components]. */
function shares(
  ctx: PriorContext,
  { components, weights, varianceSize }: Mixture,
  { y, v }: { readonly y: Value; readonly v: Value },
): Value {
  const [batch = 1, , size = 1] = y.shape;
  const distance = reduceSum(ctx, div(ctx, square(ctx, y), v), [2]);
  const logs = reduceSum(ctx, ctx.op("Log", [v], {}), [1]);
  const volume = scale(ctx, reshape(ctx, logs, [1, components]), size / varianceSize);
  const logPrior = ctx.constant(float32(logWeights(weights), [1, components]));
  const exponent = scale(ctx, add(ctx, reshape(ctx, distance, [batch, components]), volume), -0.5);
  return ctx.op("Softmax", [add(ctx, exponent, logPrior)], { axis: 1 });
}
