import { z } from "zod";
import type { Issue } from "../../base/issue.ts";
import {
  checkedMessage,
  checkingMessage,
  startedMessage,
  stepMessage,
  timingsMessage,
} from "../events.ts";
import { issueMessage } from "../issue-message.ts";
import { metricsMessage } from "../score/measure.ts";
import { tensorMessage } from "../tensors.ts";

const iteration = z.array(z.number());

/** NaN and infinities are told too. */
const anyNumber = z.custom<number>((value) => typeof value === "number", "Expected a number");

/** What is told of a frame when it is made: enough for marks and curves, without its values. */
export const frameSummary = z.object({
  shape: z.array(z.number()).readonly(),
  min: anyNumber,
  max: anyNumber,
  mean: anyNumber,
  std: anyNumber,
  /** The largest of the samples' Euclidean norms. */
  norm: anyNumber,
  /** How many values are infinite or not a number; the rest of the summary is of the others. */
  notFinite: z.number(),
});
export type FrameSummary = z.infer<typeof frameSummary>;

/** An output when the run is done. A tensor stays in the studio: `frame` with the wire `=name` asks for it. */
export type OutputSummary =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "level"; readonly value: Readonly<Record<string, number>> }
  | { readonly kind: "tensor"; readonly summary: FrameSummary }
  | { readonly kind: "list"; readonly items: readonly OutputSummary[] };

const outputSummary: z.ZodType<OutputSummary> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("number"), value: anyNumber }),
    z.object({ kind: z.literal("level"), value: z.record(z.string(), anyNumber) }),
    z.object({ kind: z.literal("tensor"), summary: frameSummary }),
    z.object({ kind: z.literal("list"), items: z.array(outputSummary) }),
  ]),
);

/** Why a run stands still. */
const why = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("asked") }),
  z.object({ kind: z.literal("step") }),
  /** The engine died; a new one goes on from here. */
  z.object({ kind: z.literal("crashed") }),
  z.object({
    kind: z.literal("breakpoint"),
    id: z.string(),
    wire: z.nullable(z.string()),
    iteration,
    /** What its condition read. */
    values: z.record(z.string(), anyNumber),
  }),
]);
export type PauseReason = z.infer<typeof why>;

const issues: z.ZodType<readonly Issue[]> = z.array(issueMessage);

const event = z.discriminatedUnion("type", [
  /** How much of a file has come that the run needs. */
  z.object({
    type: z.literal("loading"),
    file: z.string(),
    bytes: z.number(),
    total: z.nullable(z.number()),
  }),
  startedMessage,
  stepMessage,
  /** An outermost zone was not run: it ended as in the run named by `after`, and what is asked of it is answered from there. */
  z.object({ type: z.literal("kept"), zone: z.string() }),
  /** From where a zone's iterations can be computed again: whole states are kept before each of these. */
  z.object({ type: z.literal("keyframes"), zone: z.string(), iterations: z.array(z.number()) }),
  z.object({ type: z.literal("frame-made"), wire: z.string(), iteration, summary: frameSummary }),
  /** A frame that was watched (`ticket` is null) or asked for. */
  z.object({
    type: z.literal("frame"),
    ticket: z.nullable(z.number()),
    wire: z.string(),
    iteration,
    tensor: tensorMessage,
  }),
  z.object({ type: z.literal("inspected"), ticket: z.number() }),
  /** How good a run's x0 and its baseline are, beside the truth; null: there is no baseline. */
  z.object({
    type: z.literal("scored"),
    ticket: z.number(),
    restored: metricsMessage,
    baseline: z.nullable(metricsMessage),
    /** What could not be told, and why: sentences. */
    leftOut: z.array(z.string()).readonly(),
  }),
  /** The answer to a ticket that cannot be served. */
  z.object({ type: z.literal("refused"), ticket: z.number(), issues }),
  z.object({
    type: z.literal("paused"),
    zone: z.nullable(z.string()),
    /** Iterations of the zone that are done. */
    iteration: z.nullable(z.number()),
    why,
  }),
  z.object({ type: z.literal("resumed") }),
  z.object({ type: z.literal("warning"), issue: issueMessage }),
  z.object({
    type: z.literal("done"),
    outputs: z.record(z.string(), outputSummary),
    nfe: z.number(),
    vjpCalls: z.number(),
    timings: timingsMessage,
    peakMemoryBytes: z.exactOptional(z.number()),
  }),
  /** Of a check of a prior: how far it has come, and its answer. */
  checkingMessage,
  checkedMessage,
  z.object({ type: z.literal("failed"), issues }),
]);
export type StudioEvent = z.infer<typeof event>;

/** What a studio tells of a run; null: of itself (that its engine died, a message that it cannot serve). */
export const studioMessage = z.object({ run: z.nullable(z.number()), event });
export type StudioMessage = z.infer<typeof studioMessage>;
