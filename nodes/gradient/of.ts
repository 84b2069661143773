import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { issueError } from "../../runtime/base/issue.ts";

export const gradientOf = defineNode({
  type: "gradient/of",
  v: 1,
  title: "Gradient",
  summary:
    "The gradient of a scalar with respect to any tensor upstream of it in the same zone, through operators and networks alike. One network backward pass where a prior lies on the way.",
  formula: "\\nabla_x f",
  source: "Reverse-mode differentiation",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { of: port.scalar(), wrt: port.tensor() },
  outputs: { gradient: port.tensor() },
  build({ inputs: { of, wrt }, ctx }) {
    if (of.on === "host")
      throw issueError("gradient.no-path", "A number of the host depends on no tensor.", { port: "of" }, {
        fix: "Wire a scalar that is computed from a tensor, such as math/norm.",
      });
    return { gradient: ctx.gradient(of.value, wrt) };
  },
});

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
  build: ({ inputs: { of, wrt, cotangent }, ctx }) => ({ gradient: ctx.gradient(of, wrt, cotangent) }),
});

export const gradientStop = defineNode({
  type: "gradient/stop",
  v: 1,
  title: "Stop gradient",
  summary: "The same tensor; gradients treat it as a constant.",
  formula: "\\operatorname{sg}(x)",
  source: "Reverse-mode differentiation",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, ctx }) => ({ x: ctx.stopGradient(x) }),
});
