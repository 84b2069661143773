import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import * as math from "../../runtime/trace/math.ts";

export const add = defineNode({
  type: "math/add",
  v: 1,
  title: "Add",
  summary: "The sum of two tensors.",
  formula: "a + b",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, ctx }) => ({ x: math.add(ctx, a, b) }),
});
