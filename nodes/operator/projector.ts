import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const projector = defineNode({
  type: "operator/projector",
  v: 1,
  title: "Row-space projector",
  summary: "The part of a signal that the operator sees.",
  formula: "P x = A^{+}A\\,x",
  source: "Moore–Penrose",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, x }, ctx }) => ({
    x: column(boundOperator(operator), "projector")(ctx, x),
  }),
});
