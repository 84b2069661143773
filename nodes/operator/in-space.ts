import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const inSpace = defineNode({
  type: "operator/in-space",
  v: 1,
  title: "Operator in a space",
  summary:
    "Tells an operator the shape of its signals. Where no signal is given the operator stays open, and takes the shape that its measurement implies.",
  formula: "A: \\mathbb R^{C\\times H\\times W} \\to \\mathcal Y",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), space: optional(port.signal()) },
  outputs: { operator: port.operator() },
  build({ inputs: { operator, space } }) {
    if (operator.bound || space === undefined) return { operator };
    return { operator: { bound: true, operator: operator.family.bind(space.shape.slice(1)) } };
  },
});
