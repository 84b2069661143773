import { z } from "zod";

/** Params that many nodes have. */

export const stream = z.string().optional().meta({
  description:
    "The name of its random numbers: nodes of one name share them. Left out, the node's path.",
});
export const seed = z.int().min(0).max(4294967295).default(1).meta({
  description:
    "What is random about it is drawn from this; the same in every run, whatever the run's seed.",
});
export const cutoff = z.number().min(0).max(1).default(0.03).meta({
  description:
    "Singular values below this are left out of the pseudo-inverse, the projector and the decomposition.",
});
export const truncated = z.boolean().default(false).meta({
  description: "Whether the operator itself is without the singular values below the cutoff too.",
});
export const boundaryWords = "How the picture goes on beyond its border.";
