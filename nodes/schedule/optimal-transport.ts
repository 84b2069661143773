import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { scheduleThrough } from "./levels.ts";

export const optimalTransport = defineNode({
  type: "schedule/optimal-transport",
  v: 1,
  title: "Optimal transport path",
  summary:
    "Levels of flow matching with straight paths, x = t x0 + (1 − t) eps, at times evenly spaced from timeMin to timeMax; the last time is where the last step goes. Time 1 is the clean signal.",
  formula: "(\\alpha_t, \\sigma_t) = (t, 1-t)",
  source: "Lipman et al. 2023, arXiv:2210.02747, eq. 20–22; grid of C-PiGFM (arXiv:2405.17673)",
  params: z.strictObject({}),
  scalars: z.strictObject({
    steps: z
      .int()
      .min(1)
      .max(100000)
      .default(10)
      .meta({ description: "How many steps are taken." }),
    timeMin: z
      .number()
      .min(0)
      .lt(1)
      .default(0.6)
      .meta({ description: "The time that sampling begins at; 0 is noise." }),
    timeMax: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .meta({ description: "The time that sampling ends at; 1 is data." }),
  }),
  inputs: {},
  outputs: { schedule: port.schedule() },
  build({ scalars, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const schedule = mapHost(
      [host("steps"), host("timeMin"), host("timeMax")],
      (steps, timeMin, timeMax) => {
        const points = Array.from({ length: steps + 1 }, (_, i) => {
          const t = i === steps ? timeMax : timeMin + (i / steps) * (timeMax - timeMin);
          return { alpha: t, sigma: 1 - t };
        });
        return scheduleThrough(points);
      },
    );
    return { schedule };
  },
});
