import { z } from "zod";

/** The values that a picture may have; what lies outside is clamped. */
export const dataRange = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, {
    message: "The first of the two numbers must be below the second",
  })
  .default([-1, 1])
  .meta({ description: "The lowest and the highest value that a picture may have." });
