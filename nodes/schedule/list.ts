import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { constantHost } from "../../runtime/trace/host.ts";
import { scheduleThrough, ve, vp } from "./levels.ts";

const numbers = z.array(z.number().min(0)).min(2).max(100001);

export const list = defineNode({
  type: "schedule/list",
  v: 1,
  title: "Listed levels",
  summary:
    "Levels written out one by one, in the order they are visited; the last is where the last step goes. Given as sigma (variance exploding), as alpha-bar (variance preserving) or as pairs of alpha and sigma.",
  formula: "(\\alpha_i, \\sigma_i),\\; i = 0 \\ldots T",
  source: "Denoodle",
  params: z.strictObject({
    levels: z
      .union([
        z.strictObject({ sigma: numbers }),
        z.strictObject({ alphaBar: z.array(z.number().min(0).max(1)).min(2).max(100001) }),
        z.strictObject({
          pairs: z
            .array(z.tuple([z.number().min(0), z.number().min(0)]))
            .min(2)
            .max(100001),
        }),
      ])
      .default({ sigma: [10, 3, 1, 0.3, 0.1, 0] })
      .meta({
        description:
          "The levels from noisy to clean, as sigma, as alphaBar, or as pairs of alpha and sigma.",
      }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { schedule: port.schedule() },
  build({ params: { levels } }) {
    const points =
      "sigma" in levels
        ? levels.sigma.map(ve)
        : "alphaBar" in levels
          ? levels.alphaBar.map(vp)
          : levels.pairs.map(([alpha, sigma]) => ({ alpha, sigma }));
    return { schedule: constantHost(scheduleThrough(points)) };
  },
});
