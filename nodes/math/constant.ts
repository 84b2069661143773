import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { expand } from "../../runtime/trace/math.ts";
import { spaceOf } from "../space.ts";

export const constant = defineNode({
  type: "math/constant",
  v: 1,
  title: "Constant",
  summary: "A tensor of one value, in the shape of an operator's signals or of another tensor.",
  formula: "c\\,\\mathbf 1",
  symbols: { value: "c" },
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    value: z.number().default(0).meta({ description: "The number that is given." }),
  }),
  inputs: { space: optional(port.operator()), like: optional(port.tensor()) },
  outputs: { x: port.tensor() },
  build: ({ scalars, inputs, ctx }) => ({
    x: expand(ctx, ctx.scalar(scalars.value), [ctx.batch, ...spaceOf(inputs)]),
  }),
});
