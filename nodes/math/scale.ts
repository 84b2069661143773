import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mul } from "../../runtime/trace/math.ts";

export const scale = defineNode({
  type: "math/scale",
  v: 1,
  title: "Scale",
  summary: "A tensor times a number.",
  formula: "c\\,x",
  symbols: { factor: "c" },
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    factor: z.number().default(1).meta({ description: "What the tensor is multiplied by." }),
  }),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, scalars, ctx }) => ({
    x: mul(ctx, x, ctx.scalar(scalars.factor, x.shape.length)),
  }),
});
