import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import { conjugatePaths, pathNames } from "./conjugate-path.ts";

export const conjugateMap = defineNode({
  type: "sampler/conjugate-map",
  v: 1,
  title: "Conjugate map",
  summary:
    "The map A_t that takes a state into the space where the guided flow has no linear part: its factor on the null space of A, its factor on the row space, and, with measurement noise, how much of A⁺(A⁺)ᵀ x its first-order noise term adds to x.",
  formula: "A_t = e^{k_1}\\big[I + (e^{k_2} - 1)P\\big],\\quad c_t = e^{-k_1-k_2}k_3",
  source: "C-PiGDM and C-PiGFM, arXiv:2405.17673",
  params: z.strictObject({ path: z.enum(pathNames).default("vp-linear") }),
  scalars: z.strictObject({
    weight: z.number().min(0).default(2),
    lambda: z.number().default(0),
    epsilon: z.number().min(0).default(1e-6),
    noiseStd: z.number().min(0).default(0),
  }),
  inputs: { level: port.level() },
  outputs: { null: port.scalar(), range: port.scalar(), noise: port.scalar() },
  build({ params: { path }, scalars, inputs: { level }, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const at = mapHost(
      [host("weight"), host("lambda"), host("epsilon"), host("noiseStd"), level],
      (weight, lambda, epsilon, noiseStd, here) => {
        const flow = conjugatePaths[path]({ weight, lambda, epsilon, noiseStd });
        const t = flow.timeOf(here);
        const { null: onNull, range } = flow.exponents(t);
        const noise = noiseStd === 0 ? 0 : flow.noiseTerm(t) * Math.exp(-range);
        return { null: Math.exp(onNull), range: Math.exp(range), noise };
      },
    );
    return {
      null: { on: "host", host: mapHost([at], (m) => m.null) },
      range: { on: "host", host: mapHost([at], (m) => m.range) },
      noise: { on: "host", host: mapHost([at], (m) => m.noise) },
    };
  },
});
