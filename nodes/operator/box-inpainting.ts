import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { countObserved, lastTwo, maskData, maskOperator, sameSpace } from "./shared/family.ts";

export const boxInpainting = defineNode({
  type: "operator/box-inpainting",
  v: 1,
  title: "Box inpainting",
  summary:
    "Removes a rectangle of pixels, centred unless a corner is given. Entries of the measurement inside it carry no information.",
  formula: "A x = m \\odot x",
  source: "Chung et al. 2023 (DPS), arXiv:2209.14687, section 4",
  params: z.strictObject({
    height: z
      .int()
      .min(0)
      .max(65536)
      .default(24)
      .meta({ description: "Height of the hole.", unit: "px" }),
    width: z
      .int()
      .min(0)
      .max(65536)
      .default(24)
      .meta({ description: "Width of the hole.", unit: "px" }),
    top: z
      .int()
      .min(0)
      .max(65536)
      .optional()
      .meta({ description: "Rows above the hole; left out, it lies in the middle.", unit: "px" }),
    left: z.int().min(0).max(65536).optional().meta({
      description: "Columns left of the hole; left out, it lies in the middle.",
      unit: "px",
    }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { height, width, top, left } }) => ({
    operator: sameSpace("box inpainting", (signal) => {
      const [rows, columns] = lastTwo(signal);
      if (height > rows || width > columns)
        throw new RangeError(
          `the box of ${height}x${width} pixels does not fit into an image of ${rows}x${columns}`,
        );
      const row = top ?? Math.floor((rows - height) / 2);
      const column = left ?? Math.floor((columns - width) / 2);
      const mask = maskData(
        signal,
        (i, j) => i < row || i >= row + height || j < column || j >= column + width,
      );
      return maskOperator(
        "box inpainting",
        signal,
        (emit) => emit.constant(mask),
        countObserved(signal, mask),
      );
    }),
  }),
});
