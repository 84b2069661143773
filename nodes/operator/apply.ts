import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";

export const apply = defineNode({
  type: "operator/apply",
  v: 1,
  title: "Apply operator",
  summary: "The noiseless measurement of a signal.",
  formula: "A(x)",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build: ({ inputs: { operator, x }, ctx }) => ({ y: boundOperator(operator).apply(ctx, x) }),
});
