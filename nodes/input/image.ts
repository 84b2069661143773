import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { fits } from "./fit-size.ts";
import { fitted, inChannels } from "./fit.ts";

const pixels = z.int().min(1).max(16_384);

const params = z
  .strictObject({
    file: z.string().min(1).meta({ description: "A picture of the library or the asset folder." }),
    fit: z.enum(fits).optional().meta({
      description:
        "How it is brought to a size: its middle is cut out, its border repeated, or it is scaled.",
    }),
    size: z
      .union([pixels, z.tuple([pixels, pixels])])
      .optional()
      .meta({ description: "[height, width], or one number for both.", unit: "px" }),
    multipleOf: z
      .int()
      .min(1)
      .max(4096)
      .optional()
      .meta({ description: "Height and width become multiples of this.", unit: "px" }),
    channels: z
      .union([z.literal(1), z.literal(3)])
      .optional()
      .meta({ description: "1 makes colours luminance, 3 repeats grey." }),
  })
  .refine(({ fit, size, multipleOf }) => fit !== undefined || (size ?? multipleOf) === undefined, {
    path: ["fit"],
    message: "A size or a multiple needs fit: crop, pad or resize",
  })
  .refine(({ fit, size, multipleOf }) => fit === undefined || (size ?? multipleOf) !== undefined, {
    path: ["fit"],
    message: "fit needs a size or a multipleOf",
  });

export const image = defineNode({
  type: "input/image",
  v: 1,
  title: "Image",
  summary:
    "A picture from the library or the asset folder, as a signal in [-1, 1]. With fit it is brought to a size ([height, width], or one number for both) or to the nearest multiples of a number: crop takes its middle, pad repeats its border, resize scales it (bicubic, keeping its proportions) until it covers the size and takes the middle. With channels, grey is repeated over three, or colours become their luminance.",
  formula: "x \\in [-1,1]^{C\\times H\\times W}",
  source: "Denoodle; luminance of ITU-R BT.601",
  params,
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { x: port.signal({ range: "[-1,1]" }) },
  assets: ({ file }) => [{ kind: "image", file, path: ["params", "file"] }],
  build({ params: { file, fit, size, multipleOf, channels }, ctx }) {
    const loaded = ctx.input(ctx.image(file));
    const x = channels === undefined ? loaded : inChannels(ctx, loaded, channels);
    if (fit === undefined) return { x };
    const both = typeof size === "number" ? ([size, size] as const) : size;
    return { x: fitted(ctx, x, { fit, size: both, multipleOf }) };
  },
});
