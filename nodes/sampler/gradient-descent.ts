import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mul, sub } from "../../runtime/trace/math.ts";

export const gradientDescent = defineNode({
  type: "sampler/gradient-descent",
  v: 1,
  title: "Gradient step",
  summary: "One step down a gradient.",
  formula: "x - \\eta\\,g",
  symbols: { learningRate: "\\eta" },
  source: "Cauchy 1847",
  params: z.strictObject({}),
  scalars: z.strictObject({
    learningRate: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ description: "Length of a step, in gradients." }),
  }),
  inputs: { x: port.signal(), gradient: port.signal() },
  outputs: { x: port.signal() },
  build: ({ scalars, inputs: { x, gradient }, ctx }) => ({
    x: sub(ctx, x, mul(ctx, gradient, ctx.scalar(scalars.learningRate, x.shape.length))),
  }),
});
