import type { Feed } from "../../runtime/compile/slots.ts";
import { nodeFeed, numberFeed } from "../bench/subject.ts";
import type { Problem } from "./problems.ts";

/** A row of the tables: a sampler's graph, and how it is asked for a number of network evaluations. */
export interface Row {
  readonly name: string;
  /** A file of graphs/samplers, without its ending. */
  readonly graph: string;
  /** Numbers of network evaluations that it is run with, as nearly as its loops allow. */
  readonly budgets: readonly number[];
  feeds(nfe: number, problem: Problem): Readonly<Record<string, Feed>>;
  /** Why the sampler is not for this problem; absent: it is for all. */
  whyNot?(problem: Problem): string | null;
}

const short = [10, 50, 200];
/** Of samplers that are run in so many steps in their papers, or whose end in many steps matters here. */
const long = [...short, 1000];

const ddpm = (steps: number) => nodeFeed("schedule/ddpm-uniform", { steps });
const onDdpm = (nfe: number) => ({ schedule: ddpm(nfe) });
/** ProjDiff calls the network once before its loop. */
const afterFirst = (nfe: number) => ({ schedule: ddpm(nfe - 1) });
const fromVp = (nfe: number, timeMax: number) => ({
  schedule: nodeFeed("schedule/vp-linear", { steps: nfe, timeMax, timeMin: 0.001 }),
});
const onFlow = (nfe: number, timeMin: number) => ({
  schedule: nodeFeed("schedule/optimal-transport", { steps: nfe, timeMin }),
});

const odeSteps = 5;
const shippedTau = 0.01;
const shippedLangevinStep = 5e-5;
const onDaps = (nfe: number) => ({
  schedule: nodeFeed("schedule/poly", {
    steps: Math.max(2, nfe / odeSteps),
    sigmaMax: 100,
    sigmaMin: 0.1,
    end: "replace",
  }),
});

/** The data term of DAPS is exp(−‖r‖²/τ²): the noise is told by τ = √2 σ_y. Its steps keep their size beside τ². */
function toldNoise({ noiseStd }: Problem) {
  const tau = Math.SQRT2 * noiseStd;
  const step = shippedLangevinStep * (tau / shippedTau) ** 2;
  return { tau: numberFeed(tau), langevinStep: numberFeed(step) };
}

/** Levels of DPS-MO from 10 to the measurement's noise. */
export const moLevels = (steps: number, { noiseStd }: Problem): Feed =>
  nodeFeed("schedule/poly", { steps, sigmaMax: 10, sigmaMin: noiseStd });

/** The share of its schedule's levels that Red-diff-MO visits, those from 10 down to 0.05. */
const visited = 0.66;

const masks = ["operator/box-inpainting", "operator/random-inpainting"];
const isMask = ({ operator }: Problem) => masks.includes(operator.type);
const isSum = ({ operator }: Problem) => operator.type === "operator/mixture";

const row = (name: string, graph: string, budgets: Row["budgets"], feeds: Row["feeds"]): Row => ({
  name,
  graph,
  budgets,
  feeds,
});

/** With the settings of their files, save for the number of steps and the measurement's noise, unless the name says more. */
export const rows: readonly Row[] = [
  row("DPS", "dps", long, onDdpm),
  row("DPS, DDIM steps", "dps-ddim", long, onDdpm),
  row("PiGDM", "pigdm", long, onDdpm),
  row("PiGDM, continuous", "pigdm-continuous", short, (nfe) => fromVp(nfe, 0.4)),
  row("PiGFM", "pigfm", short, (nfe) => onFlow(nfe, 0.2)),
  row("C-PiGDM", "c-pigdm", short, (nfe) => fromVp(nfe, 0.4)),
  row("C-PiGDM, noisy", "c-pigdm-noisy", short, (nfe) => fromVp(nfe, 0.4)),
  row("C-PiGFM", "c-pigfm", short, (nfe) => onFlow(nfe, 0.6)),
  row("C-PiGFM, as coded", "c-pigfm-code", short, (nfe) => onFlow(nfe, 0.6)),
  row("DDRM", "ddrm", long, onDdpm),
  row("DDNM", "ddnm", short, onDdpm),
  row("DDNM+", "ddnm-plus", long, onDdpm),
  row("DAPS", "daps", [50, 200], onDaps),
  row("DAPS, told the noise", "daps", [50, 200], (nfe, problem) => ({
    ...onDaps(nfe),
    ...toldNoise(problem),
  })),
  row("ProjDiff", "projdiff", short, afterFirst),
  row("ProjDiff, noisy", "projdiff-noisy", short, afterFirst),
  row("ProjDiff, spectral", "projdiff-svd", short, afterFirst),
  {
    name: "ProjDiff, music separation",
    graph: "projdiff-music",
    budgets: short,
    feeds: (nfe) => ({
      schedule: nodeFeed("schedule/poly", { steps: nfe / 5, sigmaMax: 1, sigmaMin: 1e-4 }),
    }),
    whyNot: (problem) => (isSum(problem) ? null : "It is for sums of stems."),
  },
  {
    name: "ProjDiff, partial generation",
    graph: "projdiff-partial",
    budgets: short,
    feeds: (nfe) => ({
      schedule: nodeFeed("schedule/poly", { steps: nfe, sigmaMax: 20, sigmaMin: 1e-4 }),
    }),
    whyNot: (problem) => (isMask(problem) ? null : "It is for masks."),
  },
  row("RED-diff", "reddiff", long, onDdpm),
  row("Red-diff-MO", "reddiff-mo", short, (nfe, { noiseStd }) => ({
    schedule: ddpm(Math.min(1000, Math.round(nfe / visited))),
    endRatio: numberFeed(noiseStd),
  })),
  row("DPS-MO (MO*)", "dps-mo", short, (nfe, problem) => ({ schedule: moLevels(nfe, problem) })),
];

/** Graphs of samplers that no row runs, and why. */
export const notRun: Readonly<Record<string, string>> = {
  "c-pigdm-nonlinear":
    "It is C-PiGDM with a crude inverse in the place of the pseudo-inverse, for operators that are not linear; their posterior is not known.",
  "projdiff-hdr": "It is for HDR, which is not linear; its posterior is not known.",
  "projdiff-phase": "It is for phase retrieval, which is not linear; its posterior is not known.",
};
