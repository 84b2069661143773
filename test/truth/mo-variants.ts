import type { Block, Document } from "../../runtime/graph/document.ts";
import { numberFeed } from "../bench/subject.ts";
import { moLevels, type Row } from "./samplers.ts";

/** A way to run DPS-MO: other slots, and perhaps another inner loop. */
export interface Variant extends Row {
  change?(document: Document): Document;
}

const nfe = 50;

const variant = (
  name: string,
  slots: Readonly<Record<string, number>>,
  more: Partial<Variant> & { readonly steps?: number } = {},
): Variant => ({
  name,
  graph: "dps-mo",
  budgets: [nfe],
  feeds: (_, problem) => ({
    schedule: moLevels(more.steps ?? nfe, problem),
    ...Object.fromEntries(
      Object.entries(slots).map(([slot, value]) => [slot, numberFeed(value)] as const),
    ),
  }),
  ...(more.change && { change: more.change }),
});

/** What the study of DPS-MO on pictures compared, all with 50 network evaluations. */
export const variants: readonly Variant[] = [
  variant("MO*", {}),
  variant("as printed (literal, eta 0.001)", { literal: 1 }),
  variant("SGLD, not compensated", { compensation: 0 }),
  variant("SGLD, not compensated, no budget", { compensation: 0, noiseBudget: 1e6 }),
  variant("SGLD, not compensated, no budget, not tied", {
    compensation: 0,
    noiseBudget: 1e6,
    tied: 0,
  }),
  variant("gradient descent", { temperature: 0 }),
  variant("gradient descent, not tied", { temperature: 0, tied: 0 }),
  variant("SGLD, not tied", { tied: 0 }),
  variant("Adam, 0.05", { temperature: 0 }, { change: (document) => withAdam(document, 0.05) }),
  variant("gradient descent, re-noised by √2", { temperature: 0 }, { change: hotter }),
  variant("SGLD, re-noised by √2", {}, { change: hotter }),
  variant("variant b (not chained)", { chained: 0 }, { steps: nfe / 2 }),
];

const reNoise = "ratio^2 - compensation";

/**
 * DPS-MO that re-noises by √2 σ and tells the denoiser σ. By Tweedie's formula D(x + σ n; σ) is a Langevin step
 * of length σ² on log p_σ, whose noise should be √2 σ: with σ it is stationary at half the temperature.
 */
function hotter(document: Document): Document {
  const text = JSON.stringify(document.graph);
  if (!text.includes(reNoise)) throw new Error(`dps-mo.json has no expression with ${reNoise}`);
  const graph = JSON.parse(text.replace(reNoise, `2*${reNoise}`)) as Document["graph"];
  return { ...document, graph };
}

/** DPS-MO whose inner loop is Adam on the squared residual, started anew at every level. It adds no noise. */
function withAdam(document: Document, learningRate: number): Document {
  const sgld = document.blocks["sgld"];
  if (sgld === undefined) throw new Error("dps-mo.json has no block named sgld");
  const { chain, ...others } = sgld.graph;
  if (chain === undefined) throw new Error("the block sgld has no zone named chain");
  const adam = {
    type: "sampler/adam",
    v: 1,
    params: { learningRate },
    in: { x: "@u", gradient: "gradient.gradient", m: "@m", v: "@v", iteration: "@k" },
  };
  const gradient = {
    type: "operator/data-gradient",
    v: 1,
    in: { measurement: "@measurement", operator: "@operator", x: "@u" },
  };
  const descent = {
    type: "zone/repeat",
    v: 1,
    in: { count: "@steps" },
    states: {
      u: { init: "@x", next: "adam.x" },
      m: { init: "zero.x", next: "adam.m" },
      v: { init: "zero.x", next: "adam.v" },
    },
    body: { gradient, adam },
  };
  const zero = { type: "math/constant", v: 1, params: { value: 0 }, in: { space: "@operator" } };
  const graph = { ...others, zero, chain: descent } as unknown as Block["graph"];
  return { ...document, blocks: { ...document.blocks, sgld: { ...sgld, graph } } };
}
