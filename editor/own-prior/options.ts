import type {
  Betas,
  Conditioning,
  Prediction,
  Process,
} from "../../nodes/prior/parametrisation.ts";
import type { Convention } from "./convention.ts";

/** One answer to a question about a network, with the formula that it stands for. */
export interface Option {
  /** Names its words: `priors.predicts.eps.name`. */
  readonly id: string;
  readonly formula: string;
  /** What it says of the network. */
  readonly fields: Convention;
}

const predicts = (value: Prediction, formula: string): Option => ({
  id: value,
  formula,
  fields: { predicts: value },
});

/** What the output is, for the network's own state u = αu₀ + σε. */
export const predictions: readonly Option[] = [
  predicts("x0", String.raw`f(u) \approx \mathbb{E}[u_0 \mid u]`),
  {
    id: "eps",
    formula: String.raw`f(u) \approx \mathbb{E}[\varepsilon \mid u]`,
    fields: { predicts: "eps", learnedVariance: undefined },
  },
  {
    id: "epsVariance",
    formula: String.raw`f(u) \approx \bigl(\mathbb{E}[\varepsilon \mid u],\ \Sigma\bigr)`,
    fields: { predicts: "eps", learnedVariance: true },
  },
  predicts("v", String.raw`f(u) \approx \mathbb{E}[\alpha\varepsilon - \sigma u_0 \mid u]`),
  predicts(
    "score",
    String.raw`f(u) \approx \nabla_u \log p(u) = -\mathbb{E}[\varepsilon \mid u]/\sigma`,
  ),
  predicts(
    "velocity",
    String.raw`f(u) \approx \mathbb{E}[\dot u \mid u] = \pm\,\mathbb{E}[u_0 - \varepsilon \mid u]`,
  ),
  predicts("edm", String.raw`D = c_\mathrm{skip}\,u + c_\mathrm{out}\,f(c_\mathrm{in}\,u)`),
];

const process = (value: Process, formula: string): Option => ({
  id: value,
  formula,
  fields: { process: value },
});

/** The states that it was trained on. */
export const processes: readonly Option[] = [
  process("ve", String.raw`u = u_0 + \sigma\varepsilon`),
  process(
    "vp-discrete",
    String.raw`u = \sqrt{\bar\alpha_i}\,u_0 + \sqrt{1-\bar\alpha_i}\,\varepsilon,\ \ i = 0,\dots,N{-}1`,
  ),
  process("vp-continuous", String.raw`\bar\alpha(t) = e^{-\int_0^t \beta(s)\,ds},\ \ t \in [0,1]`),
  process("flow", String.raw`u = t\,u_0 + (1-t)\,\varepsilon`),
];

const told = (value: Conditioning, formula: string): Option => ({
  id: value,
  formula,
  fields: { conditioning: value },
});

/** What it is told about the noise. */
export const conditionings: readonly Option[] = [
  told("sigma", String.raw`\sigma`),
  told("log-sigma", String.raw`\ln\sigma`),
  told("c-noise", String.raw`\tfrac14\ln\sigma`),
  told("index", String.raw`i \in \{0,\dots,N{-}1\}`),
  told("time", String.raw`s\,t,\ \ t \in [0,1]`),
  told("none", String.raw`\varnothing`),
];

type TableKind = Exclude<Betas["kind"], "table">;

const usualBetas: Readonly<Record<TableKind, Betas>> = {
  linear: { kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 },
  "scaled-linear": { kind: "scaled-linear", from: 8.5e-4, to: 1.2e-2, steps: 1000 },
  cosine: { kind: "cosine", offset: 0.008, maxBeta: 0.999, steps: 1000 },
};

const table = (kind: TableKind, formula: string): Option => ({
  id: kind,
  formula,
  fields: { betas: usualBetas[kind] },
});

/** How the table of a discrete process is made. */
export const tables: readonly Option[] = [
  table("linear", String.raw`\beta_i \text{ from } 10^{-4} \text{ to } 0.02`),
  table(
    "scaled-linear",
    String.raw`\sqrt{\beta_i} \text{ from } \sqrt{0.00085} \text{ to } \sqrt{0.012}`,
  ),
  table(
    "cosine",
    String.raw`\bar\alpha \propto \cos^2\!\Bigl(\tfrac{t + 0.008}{1.008}\cdot\tfrac{\pi}{2}\Bigr)`,
  ),
];

/** Which end of a flow's time is the data. */
export const flowEnds: readonly Option[] = [
  { id: "one", formula: String.raw`u_{t=1} = u_0`, fields: { dataTime: 1 } },
  { id: "zero", formula: String.raw`u_{t=0} = u_0`, fields: { dataTime: 0 } },
];

/** Values of the network's pictures. */
export const ranges: readonly Option[] = [
  { id: "signed", formula: "[-1, 1]", fields: { dataRange: [-1, 1] } },
  { id: "unit", formula: "[0, 1]", fields: { dataRange: [0, 1] } },
  { id: "bytes", formula: "[0, 255]", fields: { dataRange: [0, 255] } },
];

/** Whether a convention says what an option does; what is left out of it is the usual. */
export function isChosen({ fields }: Option, convention: Convention): boolean {
  const given: Convention = { ...usual, ...convention };
  return Object.entries(fields).every(([name, value]) => {
    const said = given[name as keyof Convention];
    if (name === "learnedVariance") return (said === true) === (value === true);
    if (name === "betas") return (said as Betas).kind === (value as Betas).kind;
    return JSON.stringify(said) === JSON.stringify(value);
  });
}

const usual: Convention = { dataRange: [-1, 1], dataTime: 1, betas: usualBetas.linear };
