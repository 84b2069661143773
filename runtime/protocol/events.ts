import { z } from "zod";
import type { Issue } from "../base/issue.ts";
import type { BackendId } from "../execute/backend.ts";
import type { RunEvent } from "../execute/events.ts";
import { checkpointMessage } from "./checkpoints.ts";
import { resultMessage, tensorMessage } from "./tensors.ts";

/** What an engine tells about a run: the run's own events, or why there are no more. */
export type EngineEvent = RunEvent | { readonly type: "failed"; readonly issues: readonly Issue[] };

/** A backend by its name. */
export const backendId: z.ZodType<BackendId> = z.enum(["cpu", "webgpu", "cuda", "wasm"]);

const place = z.union([z.string(), z.number()]);

export const issueMessage: z.ZodType<Issue> = z.object({
  code: z.string(),
  message: z.string(),
  at: z.object({
    path: z.exactOptional(z.array(place)),
    node: z.exactOptional(z.string()),
    port: z.exactOptional(z.string()),
    zone: z.exactOptional(z.string()),
    iteration: z.exactOptional(z.array(z.number())),
  }),
  expected: z.exactOptional(z.string()),
  got: z.exactOptional(z.string()),
  fix: z.exactOptional(z.string()),
});

const iteration = z.array(z.number());

/** NaN and infinities are told too. */
const anyNumber = z.custom<number>((value) => typeof value === "number", "Expected a number");

export const timingsMessage = z.object({
  total: z.number(),
  sessions: z.number(),
  networks: z.number(),
  steps: z.number(),
  noise: z.number(),
});

export const startedMessage = z.object({
  type: z.literal("started"),
  backend: backendId,
  chosen: z.string(),
  setUpMs: z.number(),
});

export const stepMessage = z.object({
  type: z.literal("step"),
  zone: z.string(),
  iteration: z.number(),
  count: z.number(),
  nfe: z.number(),
  vjpCalls: z.number(),
  ms: z.number(),
  sigma: z.exactOptional(anyNumber),
});

const event: z.ZodType<EngineEvent> = z.discriminatedUnion("type", [
  startedMessage,
  stepMessage,
  z.object({ type: z.literal("probe"), wire: z.string(), iteration, tensor: tensorMessage }),
  z.object({ type: z.literal("scan"), name: z.string(), iteration, value: resultMessage }),
  z.object({ type: z.literal("preview"), output: z.string(), iteration, tensor: tensorMessage }),
  z.object({ type: z.literal("warning"), issue: issueMessage }),
  z.object({ type: z.literal("checkpoint"), checkpoint: checkpointMessage }),
  z.object({ type: z.literal("held"), zone: z.string(), iteration: z.number() }),
  z.object({
    type: z.literal("done"),
    outputs: z.record(z.string(), resultMessage),
    nfe: z.number(),
    vjpCalls: z.number(),
    timings: timingsMessage,
    peakMemoryBytes: z.exactOptional(z.number()),
  }),
  z.object({ type: z.literal("failed"), issues: z.array(issueMessage) }),
]);

/** An event of one of an engine's runs; `done` or `failed` is its last. */
export const engineMessage = z.object({ run: z.number(), event });
export type EngineMessage = z.infer<typeof engineMessage>;
