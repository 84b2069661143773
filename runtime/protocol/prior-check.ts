import { z } from "zod";
import type { TensorData } from "../tensor/tensor.ts";
import { issueMessage } from "./issue-message.ts";
import { sentModel } from "./sent-model.ts";
import { tensorMessage } from "./tensors.ts";

/** What may be asked about a network: what its file says, how well it denoises as it is said to be, which convention fits best. */
export const priorQuestion = z.enum(["read", "test", "rank"]);

/** Held-out pictures, in colour and grey, and the stems of a piece of music; those of 256 pixels are for networks that take no other size. */
export const referenceFiles = [
  "chelsea_64.png",
  "coffee_64.png",
  "parrot_64.png",
  "rocket_64.png",
  "fashion_0.png",
  "fashion_3.png",
  "fashion_7.png",
  "music_stems.wav",
  "chelsea_256.png",
  "astronaut_256.png",
] as const;

/** Any part of a parametrisation; nodes know its fields. */
export const saidOfPrior = z.record(z.string(), z.unknown());

/** A network, what is said of it beside its card, and clean signals in [-1, 1] to put noise on. */
export const priorJob = z.object({
  ask: priorQuestion,
  model: sentModel,
  given: saidOfPrior,
  references: z.array(tensorMessage).readonly(),
});
export type PriorJob = z.infer<typeof priorJob>;

/** NaN and infinities are told too. */
const anyNumber = z.custom<number>((value) => typeof value === "number", "Expected a number");
const dims = z.array(z.union([z.number(), z.string()])).readonly();
const port = z.object({ name: z.string(), dtype: z.string(), dims });
const ports = z.array(port).readonly();
const finding = z.object({ verdict: z.enum(["pass", "warn", "fail"]), message: z.string() });
const findings = z.array(finding).readonly();

const level = z.object({
  sigma: z.number(),
  noisyPsnr: anyNumber,
  psnr: anyNumber,
  shrunkPsnr: anyNumber,
  epsVariance: anyNumber,
  expectedEpsVariance: anyNumber,
  change: anyNumber,
  broken: z.boolean(),
});

/** The signals that noise was put on. */
const tested = {
  synthetic: z.boolean(),
  pictures: z.number(),
  /** The first of them, as it is drawn. */
  clean: tensorMessage,
  findings,
};

/** The answer to each question; drawings have one sample and may be smaller than what was computed. */
export const priorAnswer = z.discriminatedUnion("ask", [
  z.object({
    ask: z.literal("read"),
    sha256: z.string(),
    signature: z.object({
      inputs: ports,
      outputs: ports,
      opset: z.number(),
      producer: z.string(),
      parameters: z.number(),
    }),
    /** What the card says, what the names tell, what follows from shapes, and what is usual for such inputs. */
    card: saidOfPrior,
    names: saidOfPrior,
    shapes: saidOfPrior,
    usual: saidOfPrior,
    /** Why it cannot be told which of its tensors is what. */
    issues: z.array(issueMessage).readonly(),
    /** What of the file stands in the way: weights that lie elsewhere, operators without a gradient. */
    faults: z.array(issueMessage).readonly(),
  }),
  z.object({
    ask: z.literal("test"),
    /** The convention in words. */
    asked: z.string(),
    ...tested,
    levels: z.array(level).readonly(),
    samples: z
      .array(z.object({ sigma: z.number(), noisy: tensorMessage, answer: tensorMessage }))
      .readonly(),
  }),
  z.object({
    ask: z.literal("rank"),
    /** The convention that was said, in words; null where something of it was left open. */
    asked: z.nullable(z.string()),
    ...tested,
    sigma: z.number(),
    noisy: tensorMessage,
    /** Best first. */
    fits: z
      .array(
        z.object({
          text: z.string(),
          partial: saidOfPrior,
          gainDb: z.number(),
          failure: z.exactOptional(z.string()),
          /** What it makes of `noisy`; null where it failed. */
          answer: z.nullable(tensorMessage),
        }),
      )
      .readonly(),
  }),
]);
export type PriorAnswer = z.infer<typeof priorAnswer>;
export type PriorQuestion = z.infer<typeof priorQuestion>;

type Feeds = Readonly<Record<string, TensorData>>;

/** What the check of a prior works with. */
export interface PriorTools {
  readonly evaluate: (model: Uint8Array, feeds: Feeds) => Promise<Feeds>;
  /** Is told before each part of the work how much is done; what it throws ends the work. */
  readonly tick: (done: number, total: number) => Promise<void>;
}

/** Answers a question about a network. @throws IssueError what is wrong with it, or with what is said of it. */
export type CheckPrior = (job: PriorJob, tools: PriorTools) => Promise<PriorAnswer>;
