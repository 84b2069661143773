import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";

export const langevin = defineNode({
  type: "sampler/langevin",
  v: 1,
  title: "Langevin step",
  summary:
    "One step of unadjusted Langevin dynamics down the gradient of an energy, here called gradient. With an anchor the energy gains the Gaussian around it, as DAPS has it. Temperature 0 is gradient descent.",
  formula: "x - \\eta\\Big(g + \\frac{x - a}{s^2}\\Big) + \\sqrt{2\\eta T}\\,\\varepsilon",
  symbols: { step: "\\eta", temperature: "T", anchorStd: "s" },
  source: "Welling and Teh 2011; the anchor: DAPS, arXiv:2407.01521, eq. 7",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({
    step: z.number().min(0).default(1e-4).meta({
      description: "What the gradient is multiplied by, η; larger goes further, and may overshoot.",
    }),
    temperature: z
      .number()
      .min(0)
      .default(1)
      .meta({ description: "Strength of the fresh noise: 1 samples the energy, 0 descends it." }),
    anchorStd: z.number().positive().default(1).meta({
      description:
        "Standard deviation of the Gaussian around the anchor; smaller holds closer to it.",
    }),
  }),
  inputs: { x: port.signal(), gradient: port.signal(), anchor: optional(port.signal()) },
  outputs: { x: port.signal() },
  build({ params, scalars, inputs: { x, gradient, anchor }, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const step = host("step");
    const spread = mapHost([step, host("temperature")], (eta, t) => Math.sqrt(2 * eta * t));
    const noise = ctx.noise(params.stream ?? ctx.path, x.shape.slice(1));
    const random = mul(ctx, noise, ctx.scalar(spread));
    const down = mul(ctx, gradient, ctx.scalar(step));
    if (anchor === undefined) return { x: add(ctx, sub(ctx, x, down), random) };
    const pull = mapHost([step, host("anchorStd")], (eta, std) => eta / std ** 2);
    const towards = mul(ctx, sub(ctx, anchor, x), ctx.scalar(pull));
    return { x: add(ctx, sub(ctx, add(ctx, x, towards), down), random) };
  },
});
