import { z } from "zod";
import { defineNode, type AssetRef } from "../../runtime/graph/define-node.ts";
import { boundaryWords, cutoff } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { boundaries } from "./separable/boundary.ts";
import { sameSpace } from "./shared/family.ts";
import { kernelOf, ofSumOne, type Kernel } from "./kernel/kernel.ts";
import { kernelOperator } from "./kernel/kernel-operator.ts";

export const kernelBlur = defineNode({
  type: "operator/kernel-blur",
  v: 1,
  title: "Kernel blur",
  summary:
    "Blur with any 2-D kernel, from a .npy file ([rows, columns], values as they are) or a picture (black is 0, colours are averaged), divided by its sum unless normalise is off. A cross-correlation, as in DPS and DAPS: the kernel is not turned. With a circular boundary it has a pseudo-inverse, a projector and a decomposition, which leave out singular values below the cutoff; with the others its gradient and adjoint.",
  formula:
    "(A x)_{ij} = \\sum_{ab} k_{ab}\\, x_{i+a-\\lfloor K/2\\rfloor,\\,j+b-\\lfloor L/2\\rfloor}",
  source: "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4; DAPS, arXiv:2407.01521",
  params: z.strictObject({
    file: z
      .string()
      .min(1)
      .meta({ description: "A .npy file [rows, columns] or a picture that is the kernel." }),
    normalise: z.boolean().default(true).meta({
      description: "Whether the kernel is divided by its sum, so that brightness is kept.",
    }),
    boundary: z.enum(boundaries).default("mirror").meta({ description: boundaryWords }),
    cutoff,
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ file }) => [{ kind: kindOf(file), file, path: ["params", "file"] }],
  build({ params: { file, normalise, boundary, cutoff }, ctx }) {
    const given =
      kindOf(file) === "image" ? greyOf(ctx.image(file)) : kernelOf(ctx.tensor(file), file);
    const kernel = normalise ? ofSumOne(given, file) : given;
    const label = "kernel blur";
    return {
      operator: sameSpace(label, (signal) =>
        kernelOperator(label, signal, { kernel, boundary, cutoff }),
      ),
    };
  },
});

const kindOf = (file: string): AssetRef["kind"] => (/\.npy$/i.test(file) ? "tensor" : "image");

/** A picture [1, C, K, L] in [-1, 1] as brightness from 0 to 1. */
function greyOf({ shape, data }: TensorData): Kernel {
  const [, channels = 1, height = 1, width = 1] = shape;
  const grey = Float64Array.from({ length: height * width }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c += 1) sum += Number(data[c * height * width + i] ?? 0);
    return (sum / channels + 1) / 2;
  });
  return { height, width, data: grey };
}
