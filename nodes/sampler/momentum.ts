import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";

export const momentum = defineNode({
  type: "sampler/momentum",
  v: 1,
  title: "Momentum step",
  summary:
    "One step of gradient descent with momentum (the heavy ball). The velocity is a state of the zone around it, 0 at first.",
  formula: "v \\leftarrow \\beta v + g,\\quad x \\leftarrow x - \\eta\\,v",
  symbols: { learningRate: "\\eta", momentum: "\\beta" },
  source: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5",
  params: z.strictObject({}),
  scalars: z.strictObject({
    learningRate: z.number().min(0).default(0.1).meta({
      description: "What the direction is multiplied by; larger goes further, and may overshoot.",
    }),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .meta({ description: "How much of the step before is kept." }),
  }),
  inputs: { x: port.signal(), gradient: port.signal(), velocity: port.signal() },
  outputs: { x: port.signal(), velocity: port.signal() },
  build({ scalars, inputs: { x, gradient, velocity }, ctx }) {
    const rank = x.shape.length;
    const next = add(ctx, mul(ctx, velocity, ctx.scalar(scalars.momentum, rank)), gradient);
    return {
      x: sub(ctx, x, mul(ctx, next, ctx.scalar(scalars.learningRate, rank))),
      velocity: next,
    };
  },
});
