import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { alphaBarTable, vp } from "./levels.ts";
import { vpSdeTime } from "./vp-sde.ts";

const size = 1000;
/** An index that is whole in exact arithmetic must not fall below itself by rounding. */
const slack = 1e-9;

export const discreteLevel = defineNode({
  type: "schedule/discrete-level",
  v: 1,
  title: "Discrete level",
  summary:
    "The level of the 1000-step DDPM table that a network with integer time indices means when it is asked at a level of the continuous variance preserving SDE: the index is 999 t, cut to an integer. Wire it to the condition of a denoiser.",
  formula: "\\bar\\alpha_{\\lfloor 999\\,t\\rfloor}",
  source:
    "C-PiGDM's code (mandt-lab/c-pigdm, continuous samplers), where network time is int(999 t)",
  params: z.strictObject({}),
  scalars: z.strictObject({
    betaMin: z.number().positive().default(0.1).meta({ description: "β(t) at time 0." }),
    betaMax: z.number().positive().default(20).meta({ description: "β(t) at time 1." }),
  }),
  inputs: { level: port.level() },
  outputs: { level: port.level() },
  build({ scalars, inputs: { level }, ctx }) {
    const at = mapHost(
      [hostNumber(ctx, scalars.betaMin), hostNumber(ctx, scalars.betaMax), level],
      (betaMin, betaMax, { alpha, sigma }) => {
        const index = Math.floor(
          (size - 1) * vpSdeTime({ betaMin, betaMax }, sigma / alpha) + slack,
        );
        const table = alphaBarTable(betaMin / size, betaMax / size, size);
        return vp(table[Math.min(index, size - 1)] ?? 1);
      },
    );
    return { level: at };
  },
});
