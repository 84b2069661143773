import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const pinvTransposed = defineNode({
  type: "operator/pinv-transposed",
  v: 1,
  title: "Transposed pseudo-inverse",
  summary:
    "The transpose of the pseudo-inverse: after it the pseudo-inverse gives A⁺(A⁺)ᵀ x, the covariance that white measurement noise has on the signal.",
  formula: "(A^{+})^{\\top} x",
  source: "Moore–Penrose; used by noisy C-PiGDM, arXiv:2405.17673",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build: ({ inputs: { operator, x }, ctx }) => ({
    y: column(boundOperator(operator), "pinvTransposed")(ctx, x),
  }),
});
