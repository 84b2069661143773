import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { affine } from "../../runtime/trace/math.ts";
import { sameSpace } from "./shared/family.ts";

export const quantisation = defineNode({
  type: "operator/quantisation",
  v: 1,
  title: "Quantisation",
  summary:
    "Rounds every value to one of 2^bits levels between -1 and 1; values outside are rounded to further levels of the same width. It has no gradient. The pseudo-inverse is that of the papers, the identity.",
  formula:
    "A(x) = 2\\,\\frac{\\lfloor (2^b-1)\\,u + \\tfrac12\\rfloor}{2^b-1} - 1,\\quad u = \\tfrac{x+1}2",
  symbols: { bits: "b" },
  source: "C-ΠGDM (arXiv:2405.17673), the authors' code",
  params: z.strictObject({
    bits: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .meta({ description: "Bits that a value is rounded to; fewer are coarser.", unit: "bit" }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { bits } }) => {
    const label = `Quantisation to ${bits} ${bits === 1 ? "bit" : "bits"}`;
    const apply = (emit: Emit, x: Value) => quantise(emit, x, 2 ** bits - 1);
    return {
      operator: sameSpace(label, (signal) => ({
        label,
        linear: false,
        signal,
        measurement: signal,
        apply,
        pinv: (_, y) => y,
        projector: apply,
        equivalentVariance: (sigma) => sigma ** 2,
        lipschitz: 1,
      })),
    };
  },
});

/** The nearest of the levels -1, -1 + 2/steps, …; half way between two, the upper one. */
function quantise(emit: Emit, x: Value, steps: number): Value {
  // In the order of the formula: another one rounds values that lie half way differently.
  const u = affine(emit, x, 0.5, 0.5);
  const index = emit.op("Floor", [affine(emit, u, steps, 0.5)], {});
  return affine(emit, index, 2 / steps, -1);
}
