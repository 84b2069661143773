import { z } from "zod";

/** What the network's output is, for its own state u = αu₀ + σn. */
export const predictions = ["x0", "eps", "v", "score", "velocity", "edm"] as const;
export type Prediction = (typeof predictions)[number];

/** The family of states that the network was trained on. */
export const processes = ["ve", "vp-discrete", "vp-continuous", "flow"] as const;
export type Process = (typeof processes)[number];

/** What the network is told about the noise. */
export const conditionings = ["sigma", "log-sigma", "c-noise", "index", "time", "none"] as const;
export type Conditioning = (typeof conditionings)[number];

/** How the table of ᾱ of a discrete process is made. */
const betas = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("linear"),
    from: z.number().positive().default(1e-4),
    to: z.number().positive().max(0.999).default(2e-2),
    steps: z.int().min(2).max(10_000).default(1000),
  }),
  z.strictObject({
    kind: z.literal("scaled-linear"),
    from: z.number().positive().default(8.5e-4),
    to: z.number().positive().max(0.999).default(1.2e-2),
    steps: z.int().min(2).max(10_000).default(1000),
  }),
  z.strictObject({
    kind: z.literal("cosine"),
    offset: z.number().min(0).default(0.008),
    maxBeta: z.number().positive().max(1).default(0.999),
    steps: z.int().min(2).max(10_000).default(1000),
  }),
  z.strictObject({
    kind: z.literal("table"),
    alphaBars: z.array(z.number().gt(0).lt(1)).min(2).max(10_000),
  }),
]);
export type Betas = z.infer<typeof betas>;

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, {
  message: "The first of the two numbers must be below the second",
});
const sigmaRange = range.refine(([low]) => low >= 0, {
  message: "Noise levels are not negative",
});

/** Every field; the node's params and the `denoodle` section of a card give some of them. */
export const parametrisationFields = {
  predicts: z.enum(predictions).meta({ description: "What the network's answer is." }),
  process: z.enum(processes).meta({
    description:
      "The noisy signals that it was trained on: exploding or preserved variance, or flow.",
  }),
  conditioning: z.enum(conditionings).meta({
    description: "How it is told the noise: by σ, by ln σ and the like, by time, or by an index.",
  }),
  betas: betas.meta({ description: "The table of ᾱ of a discrete process." }),
  betaMin: z
    .number()
    .positive()
    .meta({ description: "Continuous process: β(t) = betaMin + (betaMax − betaMin) t." }),
  betaMax: z.number().positive().meta({ description: "Continuous process: β at time 1." }),
  timeScale: z
    .number()
    .positive()
    .meta({ description: "The network's time is t times this (999, 1000, 1)." }),
  timeRounding: z
    .enum(["none", "nearest", "truncate"])
    .meta({ description: "What is done to the scaled time, and to an index." }),
  dataTime: z.union([z.literal(0), z.literal(1)]).meta({
    description: "Flow: which end of time is the data; the velocity is du/dt in the same time.",
  }),
  sigmaData: z.number().positive().meta({
    description:
      "Prediction edm: standard deviation of the data, in D = c_skip u + c_out F(c_in u).",
  }),
  sigmaRange: sigmaRange.meta({
    description: "Noise levels σ (of u₀ + σn) that the network was trained for.",
  }),
  dataRange: range.meta({ description: "Value range of the network's data; ours is [-1,1]." }),
  clamp: range
    .nullable()
    .meta({ description: "Bounds put on x₀ after the network, in [-1,1] units; null: none." }),
  learnedVariance: z.boolean().meta({
    description: "Whether the second half of the channels is the interpolation of log variances.",
  }),
  channels: z.int().positive().meta({ description: "Channels of a signal." }),
  multipleOf: z
    .int()
    .positive()
    .meta({ description: "Height and width must be multiples of this.", unit: "px" }),
  spatial: z
    .array(z.int().positive())
    .min(1)
    .max(3)
    .meta({ description: "The only spatial size that it takes." }),
  input: z
    .string()
    .meta({ description: "The name of the noisy signal's input, where it cannot be told." }),
  timeInput: z.string().meta({
    description: "The name of the input that is told the noise, where it cannot be told.",
  }),
  output: z.string().meta({ description: "The name of the answer, where it cannot be told." }),
  constants: z
    .record(z.string(), z.number())
    .meta({ description: "Values of further inputs (a class label), by name." }),
} as const;

/** What somebody said about a network: any part of it. */
export const partialParametrisation = z.strictObject(parametrisationFields).partial();
export type PartialParametrisation = z.infer<typeof partialParametrisation>;

/** How a network is to be asked, complete. */
export interface Parametrisation {
  readonly predicts: Prediction;
  readonly process: Process;
  readonly conditioning: Conditioning;
  readonly betas: Betas;
  readonly betaMin: number;
  readonly betaMax: number;
  readonly timeScale: number;
  readonly timeRounding: "none" | "nearest" | "truncate";
  readonly dataTime: 0 | 1;
  readonly sigmaData: number;
  /** null: the process says. */
  readonly sigmaRange: readonly [number, number] | null;
  readonly dataRange: readonly [number, number];
  readonly clamp: readonly [number, number] | null;
}

/** What must be known and has no usual value. */
export const essentials = ["predicts", "process", "conditioning"] as const;
export type Essential = (typeof essentials)[number];

/** The essentials that `partial` leaves open. */
export function missingEssentials(partial: PartialParametrisation): readonly Essential[] {
  return essentials.filter((name) => partial[name] === undefined);
}

/** `partial` with the usual values for what it leaves open; null while an essential is missing. */
export function completeParametrisation(partial: PartialParametrisation): Parametrisation | null {
  const { predicts, process, conditioning } = partial;
  if (predicts === undefined || process === undefined || conditioning === undefined) return null;
  return {
    ...usual,
    timeScale: process === "vp-continuous" ? 999 : 1,
    timeRounding: conditioning === "index" ? "nearest" : "none",
    ...defined(partial),
    predicts,
    process,
    conditioning,
  };
}

const usual = {
  betas: { kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 },
  betaMin: 0.1,
  betaMax: 20,
  dataTime: 1,
  sigmaData: 0.5,
  sigmaRange: null,
  dataRange: [-1, 1],
  clamp: null,
} as const;

/** Without the fields that hold undefined. */
export function defined<T extends object>(
  given: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [K in keyof T]?: Exclude<T[K], undefined> };
}
