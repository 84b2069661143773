import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { scheduleThrough } from "./levels.ts";
import { vpSdeLevel } from "./vp-sde.ts";

export const vpLinear = defineNode({
  type: "schedule/vp-linear",
  v: 1,
  title: "Variance preserving SDE",
  summary:
    "Levels of the continuous variance preserving SDE with linear beta, at times evenly spaced from timeMax down to timeMin; the last time is where the last step goes.",
  formula:
    "\\beta(t) = \\beta_{\\min} + (\\beta_{\\max} - \\beta_{\\min})\\,t,\\quad \\alpha_t = e^{-\\frac12\\int_0^t\\beta},\\quad \\sigma_t = \\sqrt{1-\\alpha_t^2}",
  source:
    "Song et al. 2021, arXiv:2011.13456, eq. 32; grid of C-PiGDM (arXiv:2405.17673), whose own clock is 1 − t",
  params: z.strictObject({}),
  scalars: z.strictObject({
    steps: z
      .int()
      .min(1)
      .max(100000)
      .default(10)
      .meta({ description: "How many steps are taken." }),
    timeMax: z
      .number()
      .positive()
      .max(1)
      .default(0.4)
      .meta({ description: "The time that sampling begins at; 1 is noise." }),
    timeMin: z
      .number()
      .min(0)
      .lt(1)
      .default(0.001)
      .meta({ description: "The time that sampling ends at; 0 is data." }),
    betaMin: z.number().positive().default(0.1).meta({ description: "β(t) at time 0." }),
    betaMax: z.number().positive().default(20).meta({ description: "β(t) at time 1." }),
  }),
  inputs: {},
  outputs: { schedule: port.schedule() },
  build({ scalars, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const sde = mapHost([host("betaMin"), host("betaMax")], (betaMin, betaMax) => ({
      betaMin,
      betaMax,
    }));
    const schedule = mapHost(
      [sde, host("steps"), host("timeMax"), host("timeMin")],
      (of, steps, timeMax, timeMin) => {
        const points = Array.from({ length: steps + 1 }, (_, i) =>
          vpSdeLevel(of, timeMax + (i / steps) * (timeMin - timeMax)),
        );
        return scheduleThrough(points);
      },
    );
    return { schedule };
  },
});
