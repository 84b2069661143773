import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { add, mul } from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";

export const measure = defineNode({
  type: "operator/measure",
  v: 1,
  title: "Measure",
  summary:
    "What a sensor would record of a signal: the operator's output with Gaussian noise of the given standard deviation on it. Samples of one signal share one measurement.",
  formula: "y = A(x) + \\sigma_y\\, n",
  source: "Denoodle",
  params: z.strictObject({ stream: z.string().optional() }),
  scalars: z.strictObject({ noiseStd: z.number().min(0).default(0.05) }),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build({ params, scalars, inputs: { operator, x }, ctx }) {
    const clean = boundOperator(operator).apply(ctx, x);
    const noise = ctx.noise(params.stream ?? ctx.path, clean.shape.slice(1), {
      perSignal: true,
    });
    return {
      y: add(ctx, clean, mul(ctx, noise, ctx.scalar(scalars.noiseStd, clean.shape.length))),
    };
  },
});
