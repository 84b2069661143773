import { z } from "zod";

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "Expected bytes");

/** A model file with its card, or with where its files of weights are. */
export const sentModel = z.object({
  name: z.string(),
  sha256: z.string(),
  bytes,
  external: z.exactOptional(z.record(z.string(), bytes)),
  /** Files of weights that the engine is to read itself, by the location that the model states. */
  weightFiles: z.exactOptional(z.record(z.string(), z.string())),
  card: z.unknown(),
});
