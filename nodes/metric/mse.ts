import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { deviceScalar, meanSquaredError, requireSameShape } from "./per-sample.ts";

export const mse = defineNode({
  type: "metric/mse",
  v: 1,
  title: "Mean squared error",
  summary:
    "The mean squared difference of a signal and its ground truth, one number a sample; nothing is clamped.",
  formula: "\\frac{1}{n}\\lVert x - x^\\ast\\rVert^2",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: port.tensor(), groundTruth: port.tensor() },
  outputs: { mse: port.scalar() },
  build({ inputs: { x, groundTruth }, ctx }) {
    requireSameShape(x, groundTruth);
    return { mse: deviceScalar(meanSquaredError(ctx, x, groundTruth)) };
  },
});
