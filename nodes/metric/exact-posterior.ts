import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Gaussians, Operator, Prior } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { float32, sizeOf } from "../../runtime/tensor/tensor.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import {
  add,
  cast,
  div,
  equal,
  matMul,
  mul,
  reduceSum,
  reshape,
  scale,
  square,
  sub,
  transpose,
  transposeLast,
} from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";
import { boundOperator } from "../space.ts";
import { invertPositive } from "./inverse.ts";

/** The operator becomes a dense matrix, and one of the size of its measurement is inverted row by row. */
const mostValues = 256;

export const exactPosterior = defineNode({
  type: "metric/exact-posterior",
  v: 1,
  title: "Exact posterior",
  summary:
    "The posterior itself, where it is known: of a mixture of Gaussians seen through a linear operator with Gaussian noise. Gives a sample of it, its mean, and the weights of its components. For signals and measurements of at most 256 values; noiseStd must not be so small that float32 ends before it (a thousandth of the signal's spread is well).",
  formula:
    "p(x\\mid y) = \\sum_k \\tilde w_k\\,\\mathcal N\\!\\big(m_k + G_k(y - A m_k),\\, C_k - G_k A C_k\\big),\\quad G_k = C_k A^{\\top}(A C_k A^{\\top} + \\sigma_y^2 I)^{-1},\\quad \\tilde w_k \\propto w_k\\,\\mathcal N(y; A m_k, A C_k A^{\\top} + \\sigma_y^2 I)",
  source:
    "Bishop 2006, Pattern Recognition and Machine Learning, eqs. 2.113 to 2.117; samples by Matheron's rule (Journel and Huijbregts 1978, Mining Geostatistics)",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({
    noiseStd: z
      .number()
      .positive()
      .default(0.05)
      .meta({ description: "Standard deviation of the measurement's noise, in its own values." }),
  }),
  inputs: { operator: port.operator(), prior: port.prior(), measurement: port.measurement() },
  outputs: { x: port.signal(), mean: port.signal(), weights: port.tensor() },
  build({ params, scalars, inputs: { operator: value, prior, measurement }, ctx }) {
    const operator = boundOperator(value);
    const seen = throughOperator(ctx, operator, gaussiansIn(ctx, prior, operator));
    const measured = {
      y: reshape(ctx, measurement, [1, ctx.batch, seen.size]),
      variance: ctx.scalar(mapHost([hostNumber(ctx, scalars.noiseStd)], (std) => std ** 2)),
    };
    const given = condition(ctx, seen, measured);
    const x = drawn(ctx, seen, { ...measured, ...given, stream: params.stream ?? ctx.path });
    const asSignal = (rows: Value) => reshape(ctx, rows, [ctx.batch, ...operator.signal]);
    return { x: asSignal(x), mean: asSignal(given.mean), weights: given.weights };
  },
});

/** @throws IssueError where the prior is no mixture of Gaussians, or the problem no small linear one. */
function gaussiansIn(ctx: BuildContext, prior: Prior, operator: Operator): Gaussians {
  const { label, linear, signal, measurement } = operator;
  if (!linear)
    throw issueError("posterior.unknown", `${label} is not linear: its posterior is not known.`, {
      port: "operator",
    });
  const most = Math.max(sizeOf(signal), sizeOf(measurement));
  if (most > mostValues)
    throw issueError(
      "posterior.size",
      `The exact posterior is for signals and measurements of at most ${mostValues} values, here there are ${most}.`,
      { port: "operator" },
    );
  const why = prior.whyNotShape(signal);
  if (why !== null) throw issueError("prior.shape", why, { port: "prior" });
  if (prior.gaussians === undefined)
    throw issueError(
      "posterior.unknown",
      `${prior.label} is no mixture of Gaussians: its posterior is not known.`,
      { port: "prior" },
      { fix: "Use prior/gaussian-mixture." },
    );
  return prior.gaussians(ctx, signal);
}

/** The mixture with its image under A. Batched rows are [K, batch, …]. */
interface Seen extends Gaussians {
  /** Values of a measurement. */
  readonly size: number;
  /** Aᵀ: [1, n, m]. */
  readonly adjoint: Value;
  /** (A R)ᵀ: [K, n, m]. */
  readonly seenRoots: Value;
}

const identity = (n: number) =>
  Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

function throughOperator(ctx: BuildContext, operator: Operator, mixture: Gaussians): Seen {
  const [n, m] = [sizeOf(operator.signal), sizeOf(operator.measurement)];
  const units = ctx.constant(float32(identity(n), [n, ...operator.signal]));
  const images = operator.apply(ctx, units);
  const adjoint = reshape(ctx, images, [1, n, m]);
  const seenRoots = matMul(ctx, transposeLast(ctx, mixture.roots), adjoint);
  return { ...mixture, size: m, adjoint, seenRoots };
}

interface Measured {
  /** [1, batch, m] */
  readonly y: Value;
  /** Of the noise. */
  readonly variance: Value;
}

interface Conditioned {
  /** Gᵀ: [K, m, n]. */
  readonly gains: Value;
  /** [batch, n] */
  readonly mean: Value;
  /** [batch, K] */
  readonly weights: Value;
}

function condition(ctx: BuildContext, seen: Seen, { y, variance }: Measured): Conditioned {
  const { means, roots, adjoint, seenRoots, size: m, logWeights } = seen;
  const [k = 1, n = 1] = means.shape;
  const noise = mul(ctx, ctx.constant(float32(identity(m), [1, m, m])), variance);
  // A C Aᵀ + σ² I
  const covariance = add(ctx, matMul(ctx, transposeLast(ctx, seenRoots), seenRoots), noise);
  const { inverse, logDeterminant } = invertPositive(ctx, covariance);
  const gains = matMul(ctx, inverse, transposeLast(ctx, matMul(ctx, roots, seenRoots)));
  const centres = reshape(ctx, means, [k, 1, n]);
  const residual = sub(ctx, y, matMul(ctx, centres, adjoint));
  const distance = reduceSum(ctx, mul(ctx, residual, matMul(ctx, residual, inverse)), [2]);
  const exponent = scale(ctx, add(ctx, distance, logDeterminant), -0.5);
  const logs = add(ctx, exponent, reshape(ctx, logWeights, [k, 1, 1]));
  const shares = ctx.op("Softmax", [logs], { axis: 0 });
  const moved = add(ctx, centres, matMul(ctx, residual, gains));
  return {
    gains,
    mean: summed(ctx, mul(ctx, moved, shares)),
    weights: transpose(ctx, reshape(ctx, shares, [k, ctx.batch]), [1, 0]),
  };
}

/** Sum over components: [K, batch, n] to [batch, n]. */
function summed(ctx: BuildContext, rows: Value): Value {
  return reshape(ctx, reduceSum(ctx, rows, [0]), rows.shape.slice(1));
}

/**
 * A sample, by Matheron's rule: x₀ + G (y − A x₀ − σε) with x₀ of the prior's component, which is drawn by
 * the posterior weights.
 */
function drawn(
  ctx: BuildContext,
  { means, roots, adjoint, size: m }: Seen,
  { y, variance, gains, weights, stream }: Measured & Conditioned & { readonly stream: string },
): Value {
  const [k = 1, n = 1] = means.shape;
  const normals = reshape(ctx, ctx.noise(stream, [n]), [1, ctx.batch, n]);
  const errors = reshape(ctx, ctx.noise(`${stream}/measurement`, [m]), [1, ctx.batch, m]);
  const centred = matMul(ctx, normals, transposeLast(ctx, roots));
  const x0 = add(ctx, reshape(ctx, means, [k, 1, n]), centred);
  const std = ctx.op("Sqrt", [variance], {});
  const recorded = add(ctx, matMul(ctx, x0, adjoint), mul(ctx, errors, std));
  const moved = add(ctx, x0, matMul(ctx, sub(ctx, y, recorded), gains));
  const chosen = transpose(ctx, choice(ctx, weights, stream), [1, 0]);
  return summed(ctx, mul(ctx, moved, reshape(ctx, chosen, [k, ctx.batch, 1])));
}

/**
 * One component a sample, drawn by its weight, as [batch, K] of 0 and 1: the first of exponential arrivals
 * whose rates are the weights. Half the squared length of two standard normals is such an arrival of rate 1.
 */
function choice(ctx: BuildContext, weights: Value, stream: string): Value {
  const [, k = 1] = weights.shape;
  const arrivals = reduceSum(ctx, square(ctx, ctx.noise(`${stream}/component`, [k, 2])), [2]);
  const rates = ctx.op("Max", [weights, ctx.constant(float32([1e-30], [1, 1]))], {});
  const times = div(ctx, reshape(ctx, arrivals, [ctx.batch, k]), rates);
  const first = ctx.op("ReduceMin", [times], { axes: [1], keepdims: true });
  return cast(ctx, equal(ctx, times, first), "float32");
}
