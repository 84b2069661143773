import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const norm = defineNode({
  type: "math/norm",
  v: 1,
  title: "Norm",
  summary: "The Euclidean norm of each sample. Its gradient at zero is zero.",
  formula: "\\lVert x \\rVert_2",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: port.tensor() },
  outputs: { norm: port.scalar() },
  build: ({ inputs: { x }, ctx }) => ({
    norm: {
      on: "device",
      value: ctx.op("ReduceL2", [x], { axes: x.shape.map((_, i) => i).slice(1), keepdims: false }),
    },
  }),
});
