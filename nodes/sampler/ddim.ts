import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul } from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";

export const ddim = defineNode({
  type: "sampler/ddim",
  v: 1,
  title: "DDIM step",
  summary:
    "From a clean estimate and the noise estimate to the next level; eta = 0 adds no fresh noise, eta = 1 is ancestral DDPM sampling with the small variance.",
  formula:
    "x' = \\alpha'\\hat x_0 + c_1\\varepsilon + \\sqrt{\\sigma'^2 - c_1^2}\\,\\hat\\varepsilon,\\quad c_1 = \\eta\\,\\tfrac{\\sigma'}{\\sigma}\\sqrt{\\sigma^2 - (\\alpha/\\alpha')^2\\sigma'^2}",
  source: "Song et al. 2021 (DDIM), arXiv:2010.02502, eq. 12 and 16",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({
    eta: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ description: "Share of fresh noise: 0 is deterministic, 1 is ancestral sampling." }),
  }),
  inputs: { x0: port.signal(), eps: port.signal(), level: port.level(), next: port.level() },
  outputs: { x: port.signal() },
  build({ params, scalars, inputs: { x0, eps, level, next }, ctx }) {
    const fresh = mapHost([level, next, hostNumber(ctx, scalars.eta)], (l, n, eta) => {
      const missing = Math.max(0, l.sigma ** 2 - ((l.alpha / n.alpha) * n.sigma) ** 2);
      return l.sigma === 0 ? 0 : eta * (n.sigma / l.sigma) * Math.sqrt(missing);
    });
    const kept = mapHost([next, fresh], (n, c) => Math.sqrt(Math.max(0, n.sigma ** 2 - c ** 2)));
    const noise = ctx.noise(params.stream ?? ctx.path, x0.shape.slice(1));
    const clean = mul(ctx, x0, ctx.scalar(mapHost([next], (n) => n.alpha)));
    const random = mul(ctx, noise, ctx.scalar(fresh));
    return { x: add(ctx, add(ctx, clean, random), mul(ctx, eps, ctx.scalar(kept))) };
  },
});
