import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { scale, sub } from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const dataGradient = defineNode({
  type: "operator/data-gradient",
  v: 1,
  title: "Data gradient",
  summary:
    "The gradient of the squared residual: of the sum of squares, without a factor one half.",
  formula: "\\nabla_x \\lVert y - A(x)\\rVert_2^2 = 2\\,J_A^{\\top}(A(x) - y)",
  source:
    "DAPS (arXiv:2407.01521), forward operators; Measurements Optimization (arXiv:2412.03941)",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { gradient: port.signal() },
  build({ inputs: { operator, x, measurement }, ctx }) {
    const bound = boundOperator(operator);
    const vjp = column(bound, "vjp");
    const residual = sub(ctx, bound.apply(ctx, x), measurement);
    return { gradient: scale(ctx, vjp(ctx, x, residual), 2) };
  },
});
