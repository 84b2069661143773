import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import * as math from "../../runtime/trace/math.ts";

const none = z.strictObject({});

export const add = defineNode({
  type: "math/add",
  v: 1,
  title: "Add",
  summary: "The sum of two tensors.",
  formula: "a + b",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, ctx }) => ({ x: math.add(ctx, a, b) }),
});

export const subtract = defineNode({
  type: "math/subtract",
  v: 1,
  title: "Subtract",
  summary: "The difference of two tensors.",
  formula: "a - b",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, ctx }) => ({ x: math.sub(ctx, a, b) }),
});

export const scale = defineNode({
  type: "math/scale",
  v: 1,
  title: "Scale",
  summary: "A tensor times a number.",
  formula: "c\\,x",
  source: "Denoodle",
  params: none,
  scalars: z.strictObject({ factor: z.number().default(1) }),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, scalars, ctx }) => ({
    x: math.mul(ctx, x, ctx.scalar(scalars.factor, x.shape.length)),
  }),
});

export const lerp = defineNode({
  type: "math/lerp",
  v: 1,
  title: "Interpolate",
  summary: "Moves a towards b by a fraction; above 1 it goes beyond b (over-relaxation).",
  formula: "a + w\\,(b - a)",
  source: "Denoodle",
  params: none,
  scalars: z.strictObject({ weight: z.number().default(0.5) }),
  inputs: { a: port.tensor(), b: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { a, b }, scalars, ctx }) => ({
    x: math.add(ctx, a, math.mul(ctx, math.sub(ctx, b, a), ctx.scalar(scalars.weight, a.shape.length))),
  }),
});

export const clamp = defineNode({
  type: "math/clamp",
  v: 1,
  title: "Clamp",
  summary: "Limits every value to an interval. Inside a differentiated path the gradient is zero where it saturates.",
  formula: "\\min(\\max(x, a), b)",
  source: "Denoodle",
  params: none,
  scalars: z.strictObject({ min: z.number().default(-1), max: z.number().default(1) }),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, scalars, ctx }) => ({
    x: ctx.op("Clip", [x, ctx.scalar(scalars.min), ctx.scalar(scalars.max)], {}),
  }),
});

export const norm = defineNode({
  type: "math/norm",
  v: 1,
  title: "Norm",
  summary: "The Euclidean norm of each sample. Its gradient at zero is zero.",
  formula: "\\lVert x \\rVert_2",
  source: "Denoodle",
  params: none,
  scalars: none,
  inputs: { x: port.tensor() },
  outputs: { norm: port.scalar() },
  build: ({ inputs: { x }, ctx }) => ({
    norm: {
      on: "device",
      value: ctx.op("ReduceL2", [x], { axes: x.shape.map((_, i) => i).slice(1), keepdims: false }),
    },
  }),
});
