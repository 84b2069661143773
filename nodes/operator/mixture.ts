import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { expand, reduceSum, scale } from "../../runtime/trace/math.ts";

export const mixture = defineNode({
  type: "operator/mixture",
  v: 1,
  title: "Source mixture",
  summary: "The sum of all stems of a multi-channel signal.",
  formula: "A x = \\sum_k x_k,\\qquad A^+ y = y / K",
  source: "ProjDiff, arXiv:2406.06959, section 4 (source separation)",
  params: z.strictObject({ stems: z.int().min(1).max(64).default(4) }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { stems } }) => ({
    operator: {
      bound: false,
      family: {
        label: `mixture of ${stems}`,
        signalOf: ([, ...rest]) => [stems, ...rest],
        bind(signal) {
          const [k = 1, ...rest] = signal;
          if (k !== stems)
            throw new RangeError(`a mixture of ${stems} stems got a signal of ${k} channels`);
          const sum = (emit: Emit, x: Value) => reduceSum(emit, x, [1]);
          const repeat = (emit: Emit, y: Value) => expand(emit, y, [y.shape[0] ?? 1, ...signal]);
          const pinv = (emit: Emit, y: Value) => repeat(emit, scale(emit, y, 1 / k));
          return {
            label: `mixture of ${stems}`,
            linear: true,
            signal,
            measurement: [1, ...rest],
            apply: sum,
            vjp: (emit, _, r) => repeat(emit, r),
            adjoint: repeat,
            pinv,
            pinvTransposed: (emit, x) => scale(emit, sum(emit, x), 1 / k),
            projector: (emit, x) => pinv(emit, sum(emit, x)),
            equivalentVariance: (sigma) => sigma ** 2 / k,
            observedCount: rest.reduce((a, b) => a * b, 1),
            lipschitz: k,
          };
        },
      },
    },
  }),
});
