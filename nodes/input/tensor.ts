import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const tensor = defineNode({
  type: "input/tensor",
  v: 1,
  title: "Tensor",
  summary:
    "An array from a .npy file of the asset folder, [C, …] or [N, C, …], values as they are.",
  formula: "x",
  source: "Denoodle",
  params: z.strictObject({
    file: z
      .string()
      .min(1)
      .meta({ description: "A .npy file of the library or the asset folder." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { x: port.tensor() },
  assets: ({ file }) => [{ kind: "tensor", file, path: ["params", "file"] }],
  build: ({ params, ctx }) => ({ x: ctx.input(ctx.tensor(params.file)) }),
});
