import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const gradientVjp = defineNode({
  type: "gradient/vjp",
  v: 1,
  title: "Vector-Jacobian product",
  summary:
    "The transposed Jacobian of one tensor with respect to another upstream of it in the same zone, applied to a cotangent of the first one's shape.",
  formula: "\\Big(\\frac{\\partial y}{\\partial x}\\Big)^{\\!\\top} v",
  source: "Reverse-mode differentiation",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { of: port.tensor(), wrt: port.tensor(), cotangent: port.tensor() },
  outputs: { gradient: port.tensor() },
  build: ({ inputs: { of, wrt, cotangent }, ctx }) => ({
    gradient: ctx.gradient(of, wrt, cotangent),
  }),
});
