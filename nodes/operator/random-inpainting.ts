import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { seed } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { countObserved, maskData, maskOperator, sameSpace } from "./shared/family.ts";

export const randomInpainting = defineNode({
  type: "operator/random-inpainting",
  v: 1,
  title: "Random inpainting",
  summary:
    "Removes each pixel with a given probability, the same in all channels, from a fixed mask that its seed determines.",
  formula: "A x = m \\odot x",
  source:
    "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4; mask by the generator s ← 1664525 s + 1013904223 mod 2³²",
  params: z.strictObject({
    missing: z
      .number()
      .min(0)
      .max(1)
      .default(0.7)
      .meta({ description: "The share of pixels that are not observed." }),
    seed,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { missing, seed } }) => ({
    operator: sameSpace("random inpainting", (signal) => {
      let state = seed >>> 0;
      const mask = maskData(signal, () => {
        state = (Math.imul(1664525, state) + 1013904223) >>> 0;
        return state / 2 ** 32 >= missing;
      });
      return maskOperator(
        "random inpainting",
        signal,
        (emit) => emit.constant(mask),
        countObserved(signal, mask),
      );
    }),
  }),
});
