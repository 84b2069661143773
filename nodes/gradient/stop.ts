import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

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
