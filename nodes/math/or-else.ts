import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const orElse = defineNode({
  type: "math/or-else",
  v: 1,
  title: "Or else",
  summary: "The first tensor where one was given, the other where its input was left empty.",
  formula: "x \\text{ or else } y",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: optional(port.tensor()), otherwise: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x, otherwise } }) => ({ x: x ?? otherwise }),
});
