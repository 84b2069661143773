import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { float32, sizeOf } from "../../runtime/tensor/tensor.ts";
import { maskOperator, sameSpace } from "./shared/family.ts";

export const stemMask = defineNode({
  type: "operator/stem-mask",
  v: 1,
  title: "Known stems",
  summary:
    "Keeps some stems of a multi-channel signal, counted from 0, whole: the others are to be generated. Entries of the measurement at the other stems carry no information.",
  formula: "A x = m \\odot x,\\qquad m_k = 1 \\text{ for known stems}",
  source: "ProjDiff, arXiv:2406.06959, section 4 (partial generation)",
  params: z.strictObject({
    known: z
      .array(z.int().min(0).max(63))
      .min(1)
      .max(64)
      .default([0])
      .meta({ description: "The stems that are measured, counted from 0." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { known } }) => ({
    operator: sameSpace("known stems", (signal) => {
      const [stems = 1, ...rest] = signal;
      const beyond = known.find((stem) => stem >= stems);
      if (beyond !== undefined)
        throw new RangeError(
          `stem ${beyond} is said to be known, the signal has ${stems} stems, counted from 0`,
        );
      const mask = float32(
        Array.from({ length: stems }, (_, stem) => Number(known.includes(stem))),
        [1, stems, ...rest.map(() => 1)],
      );
      const observed = new Set(known).size * sizeOf(rest);
      return maskOperator("known stems", signal, (emit) => emit.constant(mask), observed);
    }),
  }),
});
