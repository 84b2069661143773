import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { channelSum } from "./shared/channel-sum.ts";

export const colourisation = defineNode({
  type: "operator/colourisation",
  v: 1,
  title: "Colourisation",
  summary:
    "A grey image: the weighted sum of the colour channels. With the default weights, those of the papers, it is their mean up to the fourth digit.",
  formula: "A x = \\sum_c w_c\\, x_c",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793; weights as in the authors' code",
  params: z.strictObject({
    weights: z
      .array(z.number())
      .min(1)
      .max(64)
      .default([0.3333, 0.3334, 0.3333])
      .meta({ description: "What each colour channel counts for in the grey." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { weights } }) => ({
    operator: {
      bound: false,
      family: {
        label: "colourisation",
        signalOf: ([, ...rest]) => [weights.length, ...rest],
        bind(signal) {
          if (weights.every((w) => w === 0))
            throw new RangeError("the weights of a colourisation may not all be 0");
          return channelSum("colourisation", signal, weights);
        },
      },
    },
  }),
});
