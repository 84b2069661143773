import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, mul } from "../../runtime/trace/math.ts";

export const addNoise = defineNode({
  type: "math/add-noise",
  v: 1,
  title: "Add noise",
  summary: "Brings a clean estimate to a noise level with fresh noise.",
  formula: "\\alpha\\,x + \\sigma\\,\\varepsilon,\\quad \\varepsilon\\sim\\mathcal N(0, I)",
  source: "Denoodle; the forward process of any diffusion model",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({}),
  inputs: { x: port.signal(), level: port.level() },
  outputs: { x: port.signal() },
  build({ params, inputs: { x, level }, ctx }) {
    const noise = ctx.noise(params.stream ?? ctx.path, x.shape.slice(1));
    const alpha = ctx.scalar(mapHost([level], (l) => l.alpha));
    const sigma = ctx.scalar(mapHost([level], (l) => l.sigma));
    return { x: add(ctx, mul(ctx, x, alpha), mul(ctx, noise, sigma)) };
  },
});
