import {
  completeParametrisation,
  type Conditioning,
  type Parametrisation,
  type PartialParametrisation,
  type Prediction,
  type Process,
} from "../parametrisation.ts";
import type { TimeDType } from "../network.ts";

/** A convention that networks are published in. */
export interface Candidate {
  readonly partial: PartialParametrisation;
  readonly asked: Parametrisation;
  /** `eps, vp-discrete, told an index` */
  readonly text: string;
}

interface Way {
  readonly process: Process;
  readonly conditioning: Conditioning;
  readonly predicts: readonly Prediction[];
  readonly more?: PartialParametrisation;
}

const linear = { kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 } as const;
const scaledLinear = { kind: "scaled-linear", from: 8.5e-4, to: 1.2e-2, steps: 1000 } as const;
const cosine = { kind: "cosine", offset: 0.008, maxBeta: 0.999, steps: 1000 } as const;
const all: readonly Prediction[] = ["x0", "eps", "v", "score"];

/** The usual ones first: of two that fit equally the first is named. */
const ways: readonly Way[] = [
  ...(["sigma", "c-noise", "log-sigma"] as const).map((conditioning): Way => ({
    process: "ve",
    conditioning,
    predicts: ["x0", "eps", "score", "edm"],
  })),
  ...[linear, cosine, scaledLinear].map((betas): Way => ({
    process: "vp-discrete",
    conditioning: "index",
    predicts: all,
    more: { betas },
  })),
  ...[999, 1000, 1].map((timeScale): Way => ({
    process: "vp-continuous",
    conditioning: "time",
    predicts: all,
    more: { timeScale },
  })),
  ...([1, 0] as const).flatMap((dataTime) =>
    [1, 1000, 999].map((timeScale): Way => ({
      process: "flow",
      conditioning: "time",
      predicts: ["velocity", "x0", "eps"],
      more: { dataTime, timeScale },
    })),
  ),
];

const untold: readonly Way[] = (["ve", "vp-discrete", "flow"] as const).map((process) => ({
  process,
  conditioning: "none",
  predicts: process === "flow" ? ["velocity", "x0", "eps"] : all,
}));

/** Every convention that the network's time input allows, with what is known of the network laid over. */
export function candidatesFor(
  timeDtype: TimeDType | null,
  known: PartialParametrisation,
): readonly Candidate[] {
  const possible = timeDtype === null ? untold : ways.filter((way) => canBeTold(way, timeDtype));
  return possible.flatMap((way) => way.predicts.map((predicts) => candidate(way, predicts, known)));
}

const canBeTold = ({ conditioning, more = {} }: Way, dtype: TimeDType) =>
  dtype.startsWith("float") ||
  conditioning === "index" ||
  (conditioning === "time" && (more.timeScale ?? 1) > 1);

function candidate(
  { process, conditioning, more = {} }: Way,
  predicts: Prediction,
  known: PartialParametrisation,
): Candidate {
  const { sigmaRange, dataRange, sigmaData, clamp } = known;
  const partial: PartialParametrisation = {
    predicts,
    process,
    conditioning,
    ...more,
    ...(sigmaRange === undefined ? {} : { sigmaRange }),
    ...(dataRange === undefined ? {} : { dataRange }),
    ...(sigmaData === undefined ? {} : { sigmaData }),
    ...(clamp === undefined ? {} : { clamp }),
  };
  const asked = completeParametrisation(partial);
  if (asked === null) throw new Error("internal: a candidate says everything");
  return { partial, asked, text: describeAsked(asked) };
}

/** `x0, ve, told sigma` */
export function describeAsked(asked: Parametrisation): string {
  return `${words[asked.predicts]}, ${processText(asked)}, ${toldText(asked)}`;
}

const words: Readonly<Record<Prediction, string>> = {
  x0: "x₀",
  eps: "ε",
  v: "v",
  score: "score",
  velocity: "velocity",
  edm: "raw EDM network",
};

function processText({ process, betas }: Parametrisation): string {
  if (process === "ve") return "VE";
  if (process === "flow") return "flow matching";
  if (process === "vp-continuous") return "continuous VP";
  return `discrete VP (${betas.kind === "table" ? "own table" : `${betas.kind} schedule`})`;
}

function toldText({ conditioning, timeScale, dataTime, process }: Parametrisation): string {
  switch (conditioning) {
    case "sigma":
      return "told σ";
    case "log-sigma":
      return "told ln σ";
    case "c-noise":
      return "told ln(σ)/4";
    case "index":
      return "told the index";
    case "none":
      return "told nothing";
    case "time": {
      const factor = timeScale === 1 ? "t" : `${timeScale} t`;
      return process === "flow"
        ? `told ${factor} with the data at t = ${dataTime}`
        : `told ${factor}`;
    }
  }
}
