import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { reshape } from "../../runtime/trace/math.ts";
import { countObserved, lastTwo, maskData, maskOperator, sameSpace } from "./family.ts";

const px = z.int().min(0).max(65536);

export const boxInpainting = defineNode({
  type: "operator/box-inpainting",
  v: 1,
  title: "Box inpainting",
  summary: "Removes a rectangle of pixels, centred unless a corner is given. Entries of the measurement inside it carry no information.",
  formula: "A x = m \\odot x",
  source: "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4",
  params: z.strictObject({
    height: px.default(24),
    width: px.default(24),
    top: px.optional(),
    left: px.optional(),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { height, width, top, left } }) => ({
    operator: sameSpace("box inpainting", (signal) => {
      const [rows, columns] = lastTwo(signal);
      if (height > rows || width > columns)
        throw new RangeError(`the box of ${height}x${width} pixels does not fit into an image of ${rows}x${columns}`);
      const row = top ?? Math.floor((rows - height) / 2);
      const column = left ?? Math.floor((columns - width) / 2);
      const mask = maskData(signal, (i, j) => i < row || i >= row + height || j < column || j >= column + width);
      return maskOperator("box inpainting", signal, (emit) => emit.constant(mask), countObserved(signal, mask));
    }),
  }),
});

export const randomInpainting = defineNode({
  type: "operator/random-inpainting",
  v: 1,
  title: "Random inpainting",
  summary: "Removes each pixel with a given probability, the same in all channels, from a fixed mask that its seed determines.",
  formula: "A x = m \\odot x",
  source: "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4; mask by the generator s ← 1664525 s + 1013904223 mod 2³²",
  params: z.strictObject({
    missing: z.number().min(0).max(1).default(0.7),
    seed: z.int().min(0).max(4294967295).default(1),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { missing, seed } }) => ({
    operator: sameSpace("random inpainting", (signal) => {
      let state = seed >>> 0;
      const mask = maskData(signal, () => {
        state = (Math.imul(1664525, state) + 1013904223) >>> 0;
        return state / 2 ** 32 >= missing;
      });
      return maskOperator("random inpainting", signal, (emit) => emit.constant(mask), countObserved(signal, mask));
    }),
  }),
});

export const maskImage = defineNode({
  type: "operator/mask",
  v: 1,
  title: "Mask",
  summary: "Keeps the pixels where a mask tensor is 1. The mask has one channel, or as many as the signal.",
  formula: "A x = m \\odot x",
  source: "Denoodle",
  params: z.strictObject({ file: z.string().min(1) }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ file }) => [{ kind: "tensor", file, path: ["params", "file"] }],
  build({ params: { file }, ctx }) {
    const loaded = ctx.tensor(file);
    const data = { ...loaded, shape: loaded.shape.length === 2 ? [1, ...loaded.shape] : loaded.shape } as typeof loaded;
    if ((data.data as Float32Array).some((m) => Number(m) !== 0 && Number(m) !== 1))
      throw new RangeError(`the mask ${file} has values other than 0 and 1`);
    return {
      operator: sameSpace("mask", (signal) => {
        const shape = data.shape.slice(-signal.length);
        const fits = shape.length === signal.length && shape.every((d, i) => d === signal[i] || (i === 0 && d === 1));
        if (!fits) throw new RangeError(`the mask ${file} has shape [${data.shape.join(",")}], the signal [${signal.join(",")}]`);
        return maskOperator("mask", signal, (emit) => reshape(emit, emit.constant(data), [1, ...shape]));
      }),
    };
  },
});
