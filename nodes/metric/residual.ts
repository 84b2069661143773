import { z } from "zod";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { sizeOf } from "../../runtime/tensor/tensor.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { div, mul, reduceSum, reshape, scale, square, sub } from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";
import { deviceScalar } from "./per-sample.ts";

export const residual = defineNode({
  type: "metric/residual",
  v: 1,
  title: "Residual",
  summary:
    "How far A x is from the measurement, one number a sample. residual is the root mean square over the observed values in units of noiseStd, the measurement noise: about 1 where x explains the measurement up to its noise. norm is the plain Euclidean norm. Without noise (0) the unit is 1.",
  formula: "\\frac{\\lVert y - A x\\rVert}{\\sigma_y\\sqrt m}",
  symbols: { noiseStd: "\\sigma_y" },
  source: "Denoodle; the discrepancy principle (Morozov 1966)",
  params: z.strictObject({}),
  scalars: z.strictObject({
    noiseStd: z.number().min(0).default(0.05).meta({
      description:
        "Standard deviation of the measurement's noise, in its own values; the unit of the residual.",
    }),
  }),
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { residual: port.scalar(), norm: port.scalar() },
  build({ scalars, inputs: { operator: given, x, measurement }, ctx }) {
    const operator = boundOperator(
      given.bound ? given : { bound: true, operator: given.family.bind(x.shape.slice(1)) },
    );
    const difference = sub(ctx, measurement, operator.apply(ctx, x));
    const norm = sampleNorm(ctx, difference);
    const count = operator.observedCount ?? sizeOf(operator.measurement);
    const perCount = scale(ctx, norm, 1 / Math.sqrt(count));
    return {
      residual: deviceScalar(inUnits(ctx, perCount, scalars.noiseStd)),
      norm: deviceScalar(norm),
    };
  },
});

function sampleNorm(ctx: BuildContext, x: Value): Value {
  const axes = x.shape.map((_, i) => i).slice(1);
  const sum = reshape(ctx, reduceSum(ctx, square(ctx, x), axes), [x.shape[0] ?? 1]);
  return ctx.op("Sqrt", [sum], {});
}

function inUnits(ctx: BuildContext, x: Value, unit: Scalar): Value {
  if (unit.on === "device") return div(ctx, x, unit.value);
  const perUnit = mapHost([unit.host], (std) => (std > 0 ? 1 / std : 1));
  return mul(ctx, x, ctx.scalar(perUnit));
}
