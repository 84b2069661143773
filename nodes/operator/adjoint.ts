import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const adjoint = defineNode({
  type: "operator/adjoint",
  v: 1,
  title: "Adjoint",
  summary: "The transposed operator, applied to a measurement.",
  formula: "A^{\\top} y",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), y: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, y }, ctx }) => ({
    x: column(boundOperator(operator), "adjoint")(ctx, y),
  }),
});
