import { z } from "zod";
import { documentSchema } from "../graph/document-schema.ts";
import { checkpointMessage, loopMessage } from "./checkpoints.ts";
import { priorJob } from "./prior-check.ts";
import { sentModel } from "./sent-model.ts";
import { tensorMessage } from "./tensors.ts";

const feed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tensor"), data: tensorMessage }),
  z.object({ kind: z.literal("number"), value: z.number() }),
  z.object({
    kind: z.literal("node"),
    type: z.string(),
    v: z.exactOptional(z.int()),
    params: z.record(z.string(), z.unknown()),
  }),
]);

const tape = z.record(z.string(), z.union([tensorMessage, z.array(tensorMessage).readonly()]));

/** What is compiled: the document and its files, checked by whoever asks. */
const compileMessage = z.object({
  document: documentSchema,
  task: z.exactOptional(documentSchema),
  feeds: z.record(z.string(), feed),
  batch: z.int().min(1),
  assets: z.object({
    tensors: z.map(z.string(), tensorMessage),
    models: z.map(z.string(), sentModel),
  }),
});

const optionsMessage = z.object({
  backend: z.enum(["auto", "cpu", "webgpu", "cuda", "wasm"]),
  threads: z.exactOptional(z.int().min(1)),
  seed: z.int().min(0),
  /** Sample ids, one a row of the batch. */
  samples: z.exactOptional(z.array(z.int().min(0))),
  params: z.exactOptional(z.record(z.string(), z.number())),
  probes: z.exactOptional(z.array(z.string())),
  tape: z.exactOptional(tape),
  resume: z.exactOptional(checkpointMessage),
  ended: z.exactOptional(z.record(z.string(), loopMessage)),
  checkpointEvery: z.exactOptional(z.int().min(1)),
});

const run = z.int().min(0);

/** Where a network is evaluated to check it. */
const checkOptions = optionsMessage.pick({ backend: true, threads: true });

/**
 * What a watcher asks of an engine. Jobs (runs, checks of priors) wait for one another; `run` is a
 * number that the watcher chooses and that every event about it carries.
 */
export const engineRequest = z.discriminatedUnion("type", [
  z.object({ type: z.literal("run"), run, compile: compileMessage, options: optionsMessage }),
  z.object({ type: z.literal("check"), run, job: priorJob, options: checkOptions }),
  z.object({ type: z.literal("pause"), run }),
  z.object({ type: z.literal("resume"), run }),
  /** One outermost iteration, then a pause. */
  z.object({ type: z.literal("step"), run }),
  z.object({ type: z.literal("probes"), run, wires: z.array(z.string()) }),
  /** Of a run that makes checkpoints: outermost iterations between two from now on. */
  z.object({ type: z.literal("checkpoints"), run, every: z.int().min(1) }),
  z.object({ type: z.literal("cancel"), run }),
]);
export type EngineRequest = z.infer<typeof engineRequest>;
export type RunRequest = Extract<EngineRequest, { type: "run" }>;
export type CheckRequest = Extract<EngineRequest, { type: "check" }>;

export const startsJob = (request: EngineRequest): request is RunRequest | CheckRequest =>
  request.type === "run" || request.type === "check";
