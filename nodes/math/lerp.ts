import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";

export const lerp = defineNode({
  type: "math/lerp",
  v: 1,
  title: "Interpolate",
  summary: "Moves a towards b by a fraction; above 1 it goes beyond b (over-relaxation).",
  formula: "a + w\\,(b - a)",
  symbols: { weight: "w" },
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    weight: z
      .number()
      .default(0.5)
      .meta({ description: "0 gives the first signal, 1 the second." }),
  }),
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, scalars, ctx }) => ({
    x: add(ctx, a, mul(ctx, sub(ctx, b, a), ctx.scalar(scalars.weight, a.shape.length))),
  }),
});
