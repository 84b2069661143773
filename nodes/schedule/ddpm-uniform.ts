import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { alphaBarTable, vp } from "./levels.ts";

export const ddpmUniform = defineNode({
  type: "schedule/ddpm-uniform",
  v: 1,
  title: "DDPM schedule",
  summary:
    "Variance preserving levels of the discrete DDPM table with linear betas, on a uniform grid of time indices 0, skip, 2 skip, … visited in reverse; after index 0 comes the clean level.",
  formula:
    "\\bar\\alpha_t = \\prod_{s\\le t}(1-\\beta_s),\\qquad \\text{skip} = \\lfloor T/S \\rfloor",
  source: "Ho et al. 2020 (DDPM); grid as in the DDRM code base (first visited index is T − skip)",
  params: z.strictObject({}),
  scalars: z.strictObject({
    steps: z
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .meta({ description: "How many of the 1000 training steps are visited, evenly spaced." }),
    betaStart: z
      .number()
      .positive()
      .lt(1)
      .default(1e-4)
      .meta({ description: "β of the first training step." }),
    betaEnd: z
      .number()
      .positive()
      .lt(1)
      .default(2e-2)
      .meta({ description: "β of the last training step." }),
  }),
  inputs: {},
  outputs: { schedule: port.schedule() },
  build({ scalars, ctx }) {
    const schedule = mapHost(
      [
        hostNumber(ctx, scalars.steps),
        hostNumber(ctx, scalars.betaStart),
        hostNumber(ctx, scalars.betaEnd),
      ],
      (steps, betaStart, betaEnd) => {
        const size = 1000;
        const table = alphaBarTable(betaStart, betaEnd, size);
        const skip = Math.floor(size / steps);
        const grid: number[] = [];
        for (let t = 0; t < size; t += skip) grid.push(t);
        const at = (t: number) => vp(t < 0 ? 1 : (table[t] ?? 1));
        const descending = grid.toReversed();
        return {
          levels: descending.map(at),
          nextLevels: descending.map((_, i) => at(descending[i + 1] ?? -1)),
        };
      },
    );
    return { schedule };
  },
});
