import { z } from "zod";
import type { Checkpoint, LoopCheckpoint } from "../execute/events.ts";

/** How far a zone has come; what its states are is the graph's affair. */
export const loopMessage: z.ZodType<LoopCheckpoint> = z.object({
  next: z.number(),
  done: z.boolean(),
  states: z.record(z.string(), z.array(z.unknown())),
  scans: z.array(z.array(z.unknown())),
  noise: z.record(z.string(), z.number()),
  nfe: z.number(),
  vjpCalls: z.number(),
});

/** NaN and infinities are numbers too. */
const anyNumber = z.custom<number>((value) => typeof value === "number", "Expected a number");

export const checkpointMessage: z.ZodType<Checkpoint> = z.object({
  version: z.literal(2),
  seed: z.number(),
  samples: z.array(z.number()),
  params: z.record(z.string(), anyNumber),
  nfe: z.number(),
  vjpCalls: z.number(),
  noise: z.record(z.string(), z.number()),
  loops: z.record(z.string(), loopMessage),
});
