import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { betaAt, vpSdeTime } from "./vp-sde.ts";

export const vpTime = defineNode({
  type: "schedule/vp-time",
  v: 1,
  title: "Time of a level",
  summary:
    "The time t and the rate beta(t) at which the variance preserving SDE has the signal-to-noise ratio of a level.",
  formula: "\\int_0^t \\beta = \\ln\\big(1 + \\sigma^2/\\alpha^2\\big)",
  source: "Song et al. 2021, arXiv:2011.13456, eq. 32",
  params: z.strictObject({}),
  scalars: z.strictObject({
    betaMin: z.number().positive().default(0.1).meta({ description: "β(t) at time 0." }),
    betaMax: z.number().positive().default(20).meta({ description: "β(t) at time 1." }),
  }),
  inputs: { level: port.level() },
  outputs: { time: port.scalar(), beta: port.scalar() },
  build({ scalars, inputs: { level }, ctx }) {
    const sde = mapHost(
      [hostNumber(ctx, scalars.betaMin), hostNumber(ctx, scalars.betaMax)],
      (betaMin, betaMax) => ({ betaMin, betaMax }),
    );
    const time = mapHost([sde, level], (s, l) => vpSdeTime(s, l.sigma / l.alpha));
    return {
      time: { on: "host", host: time },
      beta: { on: "host", host: mapHost([sde, time], betaAt) },
    };
  },
});
