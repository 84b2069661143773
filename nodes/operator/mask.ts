import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { reshape } from "../../runtime/trace/math.ts";
import { maskOperator, sameSpace } from "./shared/family.ts";

export const maskImage = defineNode({
  type: "operator/mask",
  v: 1,
  title: "Mask",
  summary:
    "Keeps the pixels where a mask tensor is 1. The mask has one channel, or as many as the signal.",
  formula: "A x = m \\odot x",
  source: "Denoodle",
  params: z.strictObject({
    file: z
      .string()
      .min(1)
      .meta({ description: "A .npy file or a picture: what is not 0 is observed." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ file }) => [{ kind: "tensor", file, path: ["params", "file"] }],
  build({ params: { file }, ctx }) {
    const loaded = ctx.tensor(file);
    const data = {
      ...loaded,
      shape: loaded.shape.length === 2 ? [1, ...loaded.shape] : loaded.shape,
    } as typeof loaded;
    if ((data.data as Float32Array).some((m) => m !== 0 && m !== 1))
      throw new RangeError(`the mask ${file} has values other than 0 and 1`);
    return {
      operator: sameSpace("mask", (signal) => {
        const shape = data.shape.slice(-signal.length);
        const fits =
          shape.length === signal.length &&
          shape.every((d, i) => d === signal[i] || (i === 0 && d === 1));
        if (!fits)
          throw new RangeError(
            `the mask ${file} has shape [${data.shape.join(",")}], the signal [${signal.join(",")}]`,
          );
        const kept = (data.data as Float32Array).reduce((sum, m) => sum + m, 0);
        return maskOperator(
          "mask",
          signal,
          (emit) => reshape(emit, emit.constant(data), [1, ...shape]),
          shape[0] === signal[0] ? kept : kept * (signal[0] ?? 1),
        );
      }),
    };
  },
});
