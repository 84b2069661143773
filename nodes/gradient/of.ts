import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

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
      throw issueError(
        "gradient.no-path",
        "A number of the host depends on no tensor.",
        { port: "of" },
        {
          fix: "Wire a scalar that is computed from a tensor, such as math/norm.",
        },
      );
    return { gradient: ctx.gradient(of.value, wrt) };
  },
});
