import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { add, expand, mul } from "../../runtime/trace/math.ts";

export const point = defineNode({
  type: "input/point",
  v: 1,
  title: "Point",
  summary: "A point of the plane, as a signal of two channels.",
  formula: "(x, y)",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({
    x: z.number().default(0).meta({ description: "The first coordinate." }),
    y: z.number().default(0).meta({ description: "The second coordinate." }),
  }),
  inputs: {},
  outputs: { x: port.signal() },
  build({ scalars: { x, y }, ctx }) {
    const along = (axis: readonly number[], at: typeof x) =>
      mul(ctx, ctx.constant(float32(axis, [1, 2])), ctx.scalar(at, 2));
    return { x: expand(ctx, add(ctx, along([1, 0], x), along([0, 1], y)), [ctx.batch, 2]) };
  },
});
