import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, addNumber, exp, mul, scale } from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";

export const ancestral = defineNode({
  type: "sampler/ancestral",
  v: 1,
  title: "Ancestral step",
  summary:
    "One step of ancestral DDPM sampling: the posterior mean of the next state given this one and the clean estimate, and fresh noise. Its log variance lies between the posterior's (varianceMix -1) and beta's (1): at varianceMix, or where the network says if its learned variance is wired. No noise at the clean level.",
  formula:
    "x' = c_1 \\hat x_0 + c_2 x + \\sqrt{v}\\,\\varepsilon,\\quad a=\\tfrac{\\alpha}{\\alpha'},\\; c_2 = a\\tfrac{\\sigma'^2}{\\sigma^2},\\; c_1 = \\alpha'\\Big(1 - a^2\\tfrac{\\sigma'^2}{\\sigma^2}\\Big)",
  source: "Ho et al. 2020 (DDPM), eq. 7; learned variance: Nichol and Dhariwal 2021, eq. 15",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({
    varianceMix: z.number().min(-1).max(1).default(-1).meta({
      description: "Log variance of the fresh noise, from the posterior's (-1) to beta's (1).",
    }),
  }),
  inputs: {
    x: port.signal(),
    x0: port.signal(),
    level: port.level(),
    next: port.level(),
    variance: optional(port.signal()),
  },
  outputs: { x: port.signal() },
  build({ params, scalars, inputs: { x, x0, level, next, variance }, ctx }) {
    const kept = mapHost(
      [level, next],
      (l, n) => (l.alpha / n.alpha) ** 2 * (n.sigma / l.sigma) ** 2,
    );
    const c2 = mapHost([level, next, kept], (l, n, k) => (k * n.alpha) / l.alpha);
    const c1 = mapHost([next, kept], (n, k) => n.alpha * (1 - k));
    const small = mapHost([next, kept], (n, k) => n.sigma ** 2 * (1 - k));
    const noise = ctx.noise(params.stream ?? ctx.path, x.shape.slice(1));
    const mean = add(ctx, mul(ctx, x0, ctx.scalar(c1)), mul(ctx, x, ctx.scalar(c2)));
    const tiny = 1e-20;
    const low = mapHost([small], (v) => Math.log(Math.max(v, tiny)));
    const high = mapHost([level, next], (l, n) => Math.log(1 - (l.alpha / n.alpha) ** 2));
    if (variance === undefined) {
      const stated = mapHost(
        [small, low, high, hostNumber(ctx, scalars.varianceMix)],
        (least, a, b, mix) => (least === 0 ? 0 : Math.exp((a + (b - a) * ((mix + 1) / 2)) / 2)),
      );
      return { x: add(ctx, mean, mul(ctx, noise, ctx.scalar(stated))) };
    }
    const fraction = scale(ctx, addNumber(ctx, variance, 1), 0.5);
    const between = ctx.scalar(mapHost([low, high], (a, b) => b - a));
    const std = exp(ctx, scale(ctx, add(ctx, mul(ctx, fraction, between), ctx.scalar(low)), 0.5));
    const on = ctx.scalar(mapHost([next], (n) => Number(n.sigma > 0)));
    return { x: add(ctx, mean, mul(ctx, mul(ctx, noise, std), on)) };
  },
});
