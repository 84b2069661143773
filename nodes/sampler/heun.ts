import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";

export const heun = defineNode({
  type: "sampler/heun",
  v: 1,
  title: "Heun correction",
  summary:
    "Second half of a Heun step of the probability-flow ODE. Wire an Euler step into x, the clean estimate that it used into x0, and into x0Next the denoiser's answer to that Euler step at the next level. At the clean level nothing is left to correct.",
  formula:
    "x' = x + \\tfrac{\\alpha'}2\\Big(1 - \\tfrac{\\sigma/\\alpha}{\\sigma'/\\alpha'}\\Big)(\\hat x_0 - \\hat x_0')",
  source: "Karras et al. 2022 (EDM), arXiv:2206.00364, algorithm 1, lines 7 and 8",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: {
    x: port.signal(),
    x0: port.signal(),
    x0Next: port.signal(),
    level: port.level(),
    next: port.level(),
  },
  outputs: { x: port.signal() },
  build({ inputs: { x, x0, x0Next, level, next }, ctx }) {
    const half = mapHost([level, next], (l, n) =>
      n.sigma === 0 ? 0 : (n.alpha / 2) * (1 - ((l.sigma / l.alpha) * n.alpha) / n.sigma),
    );
    return { x: add(ctx, x, mul(ctx, sub(ctx, x0, x0Next), ctx.scalar(half))) };
  },
});
