import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { vp } from "./levels.ts";

export const alphaBarLevel = defineNode({
  type: "schedule/alpha-bar",
  v: 1,
  title: "Variance preserving level",
  summary: "The variance preserving level of a given alpha-bar.",
  formula: "(\\sqrt{\\bar\\alpha}, \\sqrt{1-\\bar\\alpha})",
  source: "Ho et al. 2020 (DDPM), eq. 4",
  params: z.strictObject({}),
  scalars: z.strictObject({
    alphaBar: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .meta({ description: "ᾱ: the share of the state's variance that is signal." }),
  }),
  inputs: {},
  outputs: { level: port.level() },
  build: ({ scalars, ctx }) => ({ level: mapHost([hostNumber(ctx, scalars.alphaBar)], vp) }),
});
