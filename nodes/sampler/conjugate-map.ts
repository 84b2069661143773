import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { conjugatePaths, pathNames } from "./conjugate-path.ts";
import { guidanceScalars, hostGuidance } from "./guidance.ts";

export const conjugateMap = defineNode({
  type: "sampler/conjugate-map",
  v: 1,
  title: "Conjugate map",
  summary:
    "The map A_t that takes a state into the space where the guided flow has no linear part: its factor on the null space of A, its factor on the row space, and, with measurement noise, how much of A⁺(A⁺)ᵀ x its first-order noise term adds to x.",
  formula: "A_t = e^{k_1}\\big[I + (e^{k_2} - 1)P\\big],\\quad c_t = e^{-k_1-k_2}k_3",
  source: "C-PiGDM and C-PiGFM, arXiv:2405.17673",
  params: z.strictObject({
    path: z
      .enum(pathNames)
      .default("vp-linear")
      .meta({ description: "The path from data to noise along which states are mapped." }),
  }),
  scalars: guidanceScalars,
  inputs: { level: port.level() },
  outputs: { null: port.scalar(), range: port.scalar(), noise: port.scalar() },
  build({ params: { path }, scalars, inputs: { level }, ctx }) {
    const at = mapHost([hostGuidance(ctx, scalars), level], (guidance, here) => {
      const flow = conjugatePaths[path](guidance);
      const t = flow.timeOf(here);
      const { null: onNull, range } = flow.exponents(t);
      const noise = guidance.noiseStd === 0 ? 0 : flow.noiseTerm(t) * Math.exp(-range);
      return { null: Math.exp(onNull), range: Math.exp(range), noise };
    });
    return {
      null: { on: "host", host: mapHost([at], (m) => m.null) },
      range: { on: "host", host: mapHost([at], (m) => m.range) },
      noise: { on: "host", host: mapHost([at], (m) => m.noise) },
    };
  },
});
