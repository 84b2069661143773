import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const clamp = defineNode({
  type: "math/clamp",
  v: 1,
  title: "Clamp",
  summary:
    "Limits every value to an interval. Inside a differentiated path the gradient is zero where it saturates.",
  formula: "\\min(\\max(x, a), b)",
  symbols: { min: "a", max: "b" },
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    min: z.number().default(-1).meta({ description: "Values below become this." }),
    max: z.number().default(1).meta({ description: "Values above become this." }),
  }),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, scalars, ctx }) => ({
    x: ctx.op("Clip", [x, ctx.scalar(scalars.min), ctx.scalar(scalars.max)], {}),
  }),
});
