import { z } from "zod";
import type { Issue } from "../base/issue.ts";
import type { BackendId } from "../execute/backend.ts";
import type { RunEvent } from "../execute/events.ts";
import { checkpointMessage, loopMessage } from "./checkpoints.ts";
import { issueMessage } from "./issue-message.ts";
import { priorAnswer, type PriorAnswer } from "./prior-check.ts";
import { resultMessage, tensorMessage } from "./tensors.ts";

/** What an engine tells about a check of a prior; `checked` is the last. */
export type CheckEvent =
  | { readonly type: "checking"; readonly done: number; readonly total: number }
  | { readonly type: "checked"; readonly answer: PriorAnswer };

/** What an engine tells about a job: its own events, or why there are no more. */
export type EngineEvent =
  | RunEvent
  | CheckEvent
  | { readonly type: "failed"; readonly issues: readonly Issue[] };

/** A backend by its name. */
export const backendId: z.ZodType<BackendId> = z.enum(["cpu", "webgpu", "cuda", "wasm"]);

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
  shapes: z.record(z.string(), z.array(z.number()).readonly()),
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

/** Parts of the work, such as conventions or noise levels. */
export const checkingMessage = z.object({
  type: z.literal("checking"),
  done: z.number(),
  total: z.number(),
});
export const checkedMessage = z.object({ type: z.literal("checked"), answer: priorAnswer });

const event: z.ZodType<EngineEvent> = z.discriminatedUnion("type", [
  startedMessage,
  stepMessage,
  z.object({ type: z.literal("probe"), wire: z.string(), iteration, tensor: tensorMessage }),
  z.object({ type: z.literal("scan"), name: z.string(), iteration, value: resultMessage }),
  z.object({ type: z.literal("preview"), output: z.string(), iteration, tensor: tensorMessage }),
  z.object({ type: z.literal("warning"), issue: issueMessage }),
  z.object({ type: z.literal("kept"), zone: z.string() }),
  z.object({ type: z.literal("ended"), zone: z.string(), end: loopMessage }),
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
  checkingMessage,
  checkedMessage,
  z.object({ type: z.literal("failed"), issues: z.array(issueMessage) }),
]);

/** An event of one of an engine's jobs; `done`, `checked` or `failed` is its last. */
export const engineMessage = z.object({ run: z.number(), event });
export type EngineMessage = z.infer<typeof engineMessage>;

export const isCheckEvent = (event: EngineEvent): event is CheckEvent =>
  event.type === "checking" || event.type === "checked";

export const endsJob = ({ type }: { readonly type: string }): boolean =>
  type === "done" || type === "checked" || type === "failed";
