import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";

export const image = defineNode({
  type: "input/image",
  v: 1,
  title: "Image",
  summary: "A picture from the library or the asset folder, as a signal in [-1, 1].",
  formula: "x \\in [-1,1]^{C\\times H\\times W}",
  source: "Denoodle",
  params: z.strictObject({ file: z.string().min(1) }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { x: port.signal({ range: "[-1,1]" }) },
  assets: ({ file }) => [{ kind: "image", file, path: ["params", "file"] }],
  build: ({ params, ctx }) => ({ x: ctx.input(ctx.image(params.file)) }),
});
