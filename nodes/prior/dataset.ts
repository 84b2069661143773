import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { sizeOf, type TensorData } from "../../runtime/tensor/tensor.ts";
import { datasetPrior, type Dataset } from "./dataset-prior.ts";
import { numbersIn } from "./table.ts";

export const dataset = defineNode({
  type: "prior/dataset",
  v: 1,
  title: "Data set",
  summary:
    "The exact denoiser of a finite set of signals, each equally likely: their mean, weighted by how well each explains x. It remembers and never invents. Bytes (0 to 255) are read as [-1,1], other numbers as they are. Counts as one NFE a call.",
  formula:
    "\\mathbb E[x_0\\mid x] = \\sum_k \\operatorname{softmax}_k\\!\\left(-\\frac{\\lVert x - \\alpha z_k\\rVert^2}{2\\sigma^2}\\right) z_k",
  source: "Karras et al. 2022, arXiv:2206.00364, appendix B.3, eq. 57",
  params: z.strictObject({
    file: z.string().meta({ description: "A .npy file of the items, [items, …shape]." }),
    /** Only the first so many items. */
    count: z
      .int()
      .min(1)
      .optional()
      .meta({ description: "Only the first so many items are the set; left out, all are." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { prior: port.prior() },
  assets: ({ file }) => [{ kind: "tensor", file, path: ["file"] }],
  build: ({ params: { file, count }, ctx }) => ({
    prior: datasetPrior(file, readItems(ctx.tensor(file), count)),
  }),
});

function readItems(tensor: TensorData, count: number | undefined): Dataset {
  const [stored = 0, ...shape] = tensor.shape;
  const items = Math.min(stored, count ?? stored);
  const size = sizeOf(shape);
  if (items === 0 || shape.length === 0)
    throw issueError(
      "prior.dataset",
      "A data set is an array [items, …shape] of at least one item.",
      {
        path: ["params", "file"],
      },
    );
  const { values } = numbersIn(tensor);
  const read =
    tensor.dtype === "uint8" ? (value: number) => value / 127.5 - 1 : (value: number) => value;
  return {
    items,
    shape,
    values: Float32Array.from({ length: items * size }, (_, i) => read(values[i] ?? 0)),
  };
}
