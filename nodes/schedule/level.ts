import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";

export const level = defineNode({
  type: "schedule/level",
  v: 1,
  title: "Level",
  summary: "A noise level from its signal part alpha and its noise part sigma.",
  formula: "x = \\alpha\\,x_0 + \\sigma\\,\\varepsilon",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    alpha: z
      .number()
      .min(0)
      .default(1)
      .meta({ description: "What the clean signal is multiplied by." }),
    sigma: z.number().min(0).default(1).meta({ description: "Standard deviation of the noise." }),
  }),
  inputs: {},
  outputs: { level: port.level() },
  build: ({ scalars, ctx }) => ({
    level: mapHost(
      [hostNumber(ctx, scalars.alpha), hostNumber(ctx, scalars.sigma)],
      (alpha, sigma) => ({
        alpha,
        sigma,
      }),
    ),
  }),
});
