import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator, Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { sizeOf } from "../../runtime/tensor/tensor.ts";
import {
  add,
  cast,
  concat,
  constantLike,
  div,
  equal,
  greater,
  matMul,
  mul,
  number,
  reduceSum,
  reshape,
  scale,
  sliceAxis,
  sub,
  where,
} from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";

export const gradientEstimate = defineNode({
  type: "gradient/estimate",
  v: 1,
  title: "Estimated gradient",
  summary:
    "The gradient of the squared residual from evaluations of the operator alone, for an operator that has no gradient; it stands where operator/data-gradient does. With spsa, all values are moved at once by ±radius in random directions, twice a sample: without bias for what is quadratic within the radius, with a variance of (values − 1)/samples times the squared gradient, so that steps want to be 1 + values/samples times shorter. With differences, each value is moved by itself: exact for what is quadratic, at two evaluations a value. A radius about as large as what the operator rounds by sees past the rounding.",
  formula:
    "\\frac1K\\sum_k \\frac{f(x + c\\,\\delta_k) - f(x - c\\,\\delta_k)}{2c}\\,\\delta_k,\\quad f(x) = \\lVert y - A(x)\\rVert^2",
  symbols: { samples: "K", radius: "c" },
  source:
    "Spall 1992, Multivariate stochastic approximation using a simultaneous perturbation gradient approximation",
  // The steps of a sampler suit an exact gradient; of a large signal they are refused, in words.
  standsFor: { type: "operator/data-gradient", params: { method: "differences" } },
  params: z.strictObject({
    method: z.enum(["spsa", "differences"]).default("spsa").meta({
      description:
        "Whether all values are moved at once in random directions (spsa), or each by itself (differences).",
    }),
    samples: z.int().min(1).max(65536).default(32).meta({
      description:
        "Random directions that are averaged; more make the estimate less noisy, at two evaluations each.",
    }),
    stream,
  }),
  scalars: z.strictObject({
    radius: z.number().positive().default(0.1).meta({
      description:
        "How far values are moved to see what changes; about what the operator rounds by.",
    }),
  }),
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { gradient: port.signal() },
  build({ params, scalars, inputs: { operator, x, measurement }, ctx }) {
    const bound = boundOperator(operator);
    const losses = { operator: bound, x, measurement, radius: scalars.radius };
    const gradient =
      params.method === "spsa"
        ? simultaneous(ctx, losses, signs(ctx, x, params))
        : slopes(ctx, losses, eachValue(ctx, x));
    return { gradient: reshape(ctx, gradient, x.shape) };
  },
});

interface Losses {
  readonly operator: Operator;
  readonly x: Value;
  readonly measurement: Value;
  readonly radius: Scalar;
}

/** Σ_k slope_k δ_k / K as [N, 1, values]. */
function simultaneous(ctx: BuildContext, losses: Losses, directions: Value): Value {
  const [n = 1, k = 1] = directions.shape;
  const slope = reshape(ctx, slopes(ctx, losses, directions), [n, 1, k]);
  return matMul(ctx, scale(ctx, slope, 1 / k), directions);
}

/** The slope of the squared residual along each direction [N or 1, K, values], by a central difference: [N, K]. */
function slopes(
  ctx: BuildContext,
  { operator, x, measurement, radius }: Losses,
  directions: Value,
): Value {
  const [n = 1, ...signal] = x.shape;
  const k = directions.shape[1] ?? 1;
  const values = sizeOf(signal);
  const step = mul(ctx, directions, ctx.scalar(radius, 3));
  const middle = reshape(ctx, x, [n, 1, values]);
  const moved = concat(ctx, [add(ctx, middle, step), sub(ctx, middle, step)], 1);
  const applied = operator.apply(ctx, reshape(ctx, moved, [2 * k * n, ...signal]));
  const measured = sizeOf(operator.measurement);
  const all = reshape(ctx, applied, [n, 2 * k, measured]);
  const [plus, minus] = [
    sliceAxis(ctx, all, 1, { start: 0, end: k }),
    sliceAxis(ctx, all, 1, { start: k, end: 2 * k }),
  ];
  // a² - b² = (a - b)(a + b): the difference of the losses, not the losses, is what is rounded.
  const twice = scale(ctx, reshape(ctx, measurement, [n, 1, measured]), 2);
  const products = mul(ctx, sub(ctx, plus, minus), sub(ctx, add(ctx, plus, minus), twice));
  const difference = reduceSum(ctx, products, [2], false);
  return div(ctx, difference, scale(ctx, ctx.scalar(radius, 2), 2));
}

interface Draws {
  readonly samples: number;
  readonly stream?: string | undefined;
}

/** Directions of ±1 [N, samples, values]. */
function signs(ctx: BuildContext, x: Value, { samples, stream }: Draws): Value {
  const values = sizeOf(x.shape.slice(1));
  const normals = ctx.noise(stream ?? ctx.path, [samples, values]);
  const up = greater(ctx, normals, number(ctx, normals, 0));
  return where(ctx, up, number(ctx, x, 1), number(ctx, x, -1));
}

const mostValues = 4096;

/** The directions of the single values [1, values, values]. */
function eachValue(ctx: BuildContext, x: Value): Value {
  const values = sizeOf(x.shape.slice(1));
  if (values > mostValues)
    throw issueError(
      "gradient.too-many",
      `Differences move each of the signal's ${values} values by itself, in ${2 * values} evaluations of the operator at once; up to ${mostValues} values are.`,
      {},
      { fix: 'Use the method "spsa".' },
    );
  const index = Array.from({ length: values }, (_, i) => i);
  const [row, column] = [
    constantLike(ctx, x, index, [1, values, 1]),
    constantLike(ctx, x, index, [1, 1, values]),
  ];
  return cast(ctx, equal(ctx, row, column), "float32");
}
