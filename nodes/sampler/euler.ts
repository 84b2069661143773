import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul } from "../../runtime/trace/math.ts";

export const euler = defineNode({
  type: "sampler/euler",
  v: 1,
  title: "Euler step",
  summary:
    "One Euler step of the probability-flow ODE from a level to the next, along the line through the state and its clean estimate. At the clean level the result is the estimate itself.",
  formula:
    "x' = \\tfrac{\\sigma'}{\\sigma}\\,x + \\big(\\alpha' - \\tfrac{\\sigma'}{\\sigma}\\,\\alpha\\big)\\,\\hat x_0",
  source:
    "Karras et al. 2022 (EDM), arXiv:2206.00364, algorithm 1 without the correction; DDIM with eta 0",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: port.signal(), x0: port.signal(), level: port.level(), next: port.level() },
  outputs: { x: port.signal() },
  build({ inputs: { x, x0, level, next }, ctx }) {
    const ratio = mapHost([level, next], (l, n) => (l.sigma === 0 ? 0 : n.sigma / l.sigma));
    const rest = mapHost([level, next, ratio], (l, n, r) => n.alpha - r * l.alpha);
    return { x: add(ctx, mul(ctx, x, ctx.scalar(ratio)), mul(ctx, x0, ctx.scalar(rest))) };
  },
});
