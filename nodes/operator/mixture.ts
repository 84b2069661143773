import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { channelSum } from "./shared/channel-sum.ts";

export const mixture = defineNode({
  type: "operator/mixture",
  v: 1,
  title: "Source mixture",
  summary: "The sum of all stems of a multi-channel signal.",
  formula: "A x = \\sum_k x_k,\\qquad A^+ y = y / K",
  symbols: { stems: "K" },
  source: "ProjDiff, arXiv:2406.06959, section 4 (source separation)",
  params: z.strictObject({
    stems: z.int().min(1).max(64).default(4).meta({ description: "How many channels are summed." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { stems } }) => ({
    operator: {
      bound: false,
      family: {
        label: `mixture of ${stems}`,
        signalOf: ([, ...rest]) => [stems, ...rest],
        bind: (signal) => channelSum(`mixture of ${stems}`, signal, Array<number>(stems).fill(1)),
      },
    },
  }),
});
