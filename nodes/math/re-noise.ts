import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul } from "../../runtime/trace/math.ts";

export const reNoise = defineNode({
  type: "math/re-noise",
  v: 1,
  title: "Re-noise",
  summary:
    "Brings a state that is already noisy at the level `from` to the noisier level `to` with fresh noise of the missing variance.",
  formula:
    "\\tfrac{\\alpha_t}{\\alpha_s}\\,x + \\sqrt{\\sigma_t^2 - (\\alpha_t/\\alpha_s)^2\\sigma_s^2}\\;\\varepsilon",
  source:
    "Ho et al. 2020 (DDPM), the forward transition; ProjDiff (arXiv:2406.06959) for the noisy state",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({}),
  inputs: { x: port.signal(), from: port.level(), to: port.level() },
  outputs: { x: port.signal() },
  build({ params, inputs: { x, from, to }, ctx }) {
    const ratio = mapHost([from, to], (s, t) => t.alpha / s.alpha);
    const std = mapHost([from, to, ratio], (s, t, r) =>
      Math.sqrt(Math.max(0, t.sigma ** 2 - (r * s.sigma) ** 2)),
    );
    const noise = ctx.noise(params.stream ?? ctx.path, x.shape.slice(1));
    return { x: add(ctx, mul(ctx, x, ctx.scalar(ratio)), mul(ctx, noise, ctx.scalar(std))) };
  },
});
