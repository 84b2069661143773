import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const pinv = defineNode({
  type: "operator/pinv",
  v: 1,
  title: "Pseudo-inverse",
  summary: "The signal of least norm that explains a measurement best.",
  formula: "A^{+} y",
  source: "Moore–Penrose",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), y: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, y }, ctx }) => ({
    x: column(boundOperator(operator), "pinv")(ctx, y),
  }),
});
