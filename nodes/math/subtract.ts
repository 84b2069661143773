import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { sub } from "../../runtime/trace/math.ts";

export const subtract = defineNode({
  type: "math/subtract",
  v: 1,
  title: "Subtract",
  summary: "The difference of two tensors.",
  formula: "a - b",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, ctx }) => ({ x: sub(ctx, a, b) }),
});
