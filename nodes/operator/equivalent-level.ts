import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const equivalentLevel = defineNode({
  type: "operator/equivalent-level",
  v: 1,
  title: "Equivalent level",
  summary:
    "The variance preserving level at which a noiseless measurement would be as uncertain as this noisy one.",
  formula: "\\bar\\alpha_a = \\frac1{1 + \\sigma_{eq}^2(\\sigma_y)}",
  source: "ProjDiff, arXiv:2406.06959, section 3.2; continuous level as in the authors' code",
  params: z.strictObject({}),
  scalars: z.strictObject({
    noiseStd: z
      .number()
      .min(0)
      .default(0.05)
      .meta({ description: "Standard deviation of the measurement's noise, in its own values." }),
  }),
  inputs: { operator: port.operator() },
  outputs: { level: port.level() },
  build({ scalars, inputs: { operator }, ctx }) {
    const bound = boundOperator(operator);
    const variance = column(bound, "equivalentVariance");
    return {
      level: mapHost([hostNumber(ctx, scalars.noiseStd)], (std) => {
        const alphaBar = 1 / (1 + variance(std));
        return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar) };
      }),
    };
  },
});
