import { z } from "zod";
import { documentSchema } from "../../graph/document-schema.ts";
import { priorQuestion, saidOfPrior } from "../prior-check.ts";
import { tensorMessage } from "../tensors.ts";

const run = z.int().min(0);
/** A number that the watcher chooses, and that the answer carries. */
const ticket = z.int().min(0);
const wires = z.array(z.string());
/** Iterations, outermost zone first; empty for what is outside of zones. */
const iteration = z.array(z.int().min(0));
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "Expected bytes");

/** What is put into a slot. A file is one of `files`, else of the library. */
const feed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tensor"), data: tensorMessage }),
  z.object({ kind: z.literal("file"), file: z.string() }),
  z.object({ kind: z.literal("number"), value: z.number() }),
  z.object({
    kind: z.literal("node"),
    type: z.string(),
    v: z.exactOptional(z.int()),
    params: z.record(z.string(), z.unknown()),
  }),
]);
export type StudioFeed = z.infer<typeof feed>;

/** Holds a run after an iteration. */
const breakpoint = z.object({
  id: z.string(),
  /** The wire whose frames are looked at; null: iterations of `zone`. */
  wire: z.nullable(z.string()),
  zone: z.nullable(z.string()),
  /**
   * An expression, true wherever it is not 0. Of a wire it reads `lowest`, `highest`, `mean`, `std`, `norm` (the
   * largest of the samples' norms) and `isNaN`, or `norm(x)` and so on with the port's name; of both `step` (of the
   * innermost zone, from 1 as people count), `iteration` (the same from 0, as graphs count) and `outer` (the iteration
   * of the outermost one); of a zone `sigma`, `nfe` and `ms` too.
   */
  condition: z.string(),
});
export type Breakpoint = z.infer<typeof breakpoint>;

const options = z.object({
  backend: z.enum(["auto", "cpu", "webgpu", "cuda", "wasm"]),
  threads: z.exactOptional(z.int().min(1)),
  seed: z.int().min(0),
  /** Sample ids, one a row of the batch. */
  samples: z.exactOptional(z.array(z.int().min(0))),
  /** Wires whose frames are recorded. */
  probes: wires,
  breakpoints: z.exactOptional(z.array(breakpoint)),
  /** Pauses before the first iteration. */
  paused: z.exactOptional(z.boolean()),
});
export type StudioOptions = z.infer<typeof options>;

const runMessage = z.object({
  type: z.literal("run"),
  run,
  document: documentSchema,
  /** A task by its name in the library, or itself; null for none. Left out: the document's own. */
  task: z.exactOptional(z.nullable(z.union([z.string(), documentSchema]))),
  feeds: z.record(z.string(), feed),
  /** How many samples; null: as many as are fed, else one. */
  batch: z.nullable(z.int().min(1).max(100_000)),
  /** Files that a person gave, by the name that documents and feeds use. */
  files: z.map(z.string(), bytes),
  options,
  /** Goes on from an earlier run's iteration of an outermost zone, with this document's numbers. */
  from: z.exactOptional(z.object({ run, zone: z.string(), iteration: z.int().min(0) })),
  /** An earlier run: its outermost zones that would end the same again are not run again. */
  after: z.exactOptional(run),
});
export type StudioRun = z.infer<typeof runMessage>;

const checkMessage = z.object({
  type: z.literal("check"),
  run,
  ask: priorQuestion,
  /** An .onnx file with its card; null: that of the check before. */
  model: z.nullable(z.object({ name: z.string(), bytes, card: z.unknown() })),
  given: saidOfPrior,
  options: options.pick({ backend: true, threads: true }),
});
export type StudioCheck = z.infer<typeof checkMessage>;

/** What a page asks of a studio, be it a worker or a server. */
export const studioRequest = z.discriminatedUnion("type", [
  runMessage,
  /** A question about a prior, under a number as runs have; answered by `checked` or `failed`, ended by `cancel`. */
  checkMessage,
  z.object({ type: z.literal("pause"), run }),
  z.object({ type: z.literal("resume"), run }),
  /** One outermost iteration, then a pause. */
  z.object({ type: z.literal("step"), run }),
  z.object({ type: z.literal("cancel"), run }),
  /** Wires that are recorded from now on. */
  z.object({ type: z.literal("probes"), run, wires }),
  z.object({ type: z.literal("breakpoints"), run, breakpoints: z.array(breakpoint) }),
  /** Wires, or outputs as `=x0`, whose newest frames are pushed; replaces those before. */
  z.object({ type: z.literal("watch"), run, wires }),
  /** Answered by `frame` or `refused`; one that was dropped is computed again. */
  z.object({ type: z.literal("frame"), run, ticket, wire: z.string(), iteration }),
  /**
   * Computes an iteration of an outermost zone again, to the same bits, with taps on any wires: answered by a
   * `frame` of each that it made, then `inspected`; or by `refused`.
   */
  z.object({ type: z.literal("inspect"), run, ticket, zone: z.string(), iteration, wires }),
  /** Of a run that is done: answered by `scored` or `refused`. */
  z.object({ type: z.literal("score"), run, ticket }),
  /** Drops all that is kept of a run, which must have ended. */
  z.object({ type: z.literal("forget"), run }),
]);
export type StudioRequest = z.infer<typeof studioRequest>;
