import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { polynomialRamp, scheduleThrough, ve } from "./levels.ts";

export const poly = defineNode({
  type: "schedule/poly",
  v: 1,
  title: "Polynomial schedule",
  summary:
    "Noise levels evenly spaced in sigma^(1/rho), from sigmaMax down to sigmaMin, then the end: 0 after the last level (append), 0 in its place (replace: sigmaMin is never visited, as in DAPS), or sigmaMin itself as the last target (none).",
  formula:
    "\\sigma_i = \\Big(\\sigma_{\\max}^{1/\\rho} + \\tfrac{i}{T-1}\\big(\\sigma_{\\min}^{1/\\rho} - \\sigma_{\\max}^{1/\\rho}\\big)\\Big)^{\\rho}",
  source: "Karras et al. 2022 (EDM), arXiv:2206.00364, eq. 5",
  params: z.strictObject({
    end: z.enum(["append", "replace", "none"]).default("append").meta({
      description:
        "What follows sigmaMin: 0 after it (append), 0 in its place (replace), or nothing (none).",
    }),
  }),
  scalars: z.strictObject({
    steps: z
      .int()
      .min(1)
      .max(100000)
      .default(50)
      .meta({ description: "How many steps are taken." }),
    sigmaMax: z
      .number()
      .positive()
      .default(10)
      .meta({ description: "The noise level that sampling begins at." }),
    sigmaMin: z
      .number()
      .positive()
      .default(0.05)
      .meta({ description: "Where the ramp of levels ends." }),
    rho: z
      .number()
      .positive()
      .default(7)
      .meta({ description: "How the levels crowd: larger puts more of them at little noise." }),
  }),
  inputs: {},
  outputs: { schedule: port.schedule() },
  build({ params, scalars, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const schedule = mapHost(
      [host("steps"), host("sigmaMax"), host("sigmaMin"), host("rho")],
      (steps, max, min, rho) => {
        const points = params.end === "append" ? steps : steps + 1;
        const sigmas = polynomialRamp(points, { max, min, rho });
        const through = {
          append: [...sigmas, 0],
          replace: [...sigmas.slice(0, -1), 0],
          none: sigmas,
        };
        return scheduleThrough(through[params.end].map(ve));
      },
    );
    return { schedule };
  },
});
