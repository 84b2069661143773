import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodeFeed, numberFeed, readGraph, root } from "../bench/subject.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { exactOf, scoreOf, type Exact } from "./exact.ts";
import { heatOf } from "./heat.ts";
import { componentShares } from "./mixture.ts";
import { variants } from "./mo-variants.ts";
import { priorParams, problems, type MixtureTable, type Problem } from "./problems.ts";
import { createRunner } from "./run-graph.ts";
import { runCell } from "./run-row.ts";
import { samplesOf, type Samples } from "./samples.ts";
import { notRun, rows } from "./samplers.ts";
import { shadowsOf, slicedWasserstein } from "./sliced-wasserstein.ts";

const batch = 1000;
const runner = await createRunner(1);
afterAll(() => runner.close());

function problemOf(name: string): Problem {
  const found = problems.find((problem) => problem.name === name);
  if (found === undefined) throw new Error(`there is no problem ${name}`);
  return found;
}

const exact = (name: string) => exactOf(problemOf(name), runner, { batch, seed: 1 });

/** Distance in floors of a row with this many evaluations. */
async function floorsOf(rowName: string, nfe: number, problem: string): Promise<number> {
  const row = [...rows, ...variants].find(({ name }) => name === rowName);
  if (row === undefined) throw new Error(`there is no row ${rowName}`);
  const truth = await exact(problem);
  const cell = { row, problem: problemOf(problem), nfe, batch, seed: 2 };
  const outcome = await runCell(cell, truth, runner);
  if (!outcome.ran) throw new Error(outcome.why);
  return outcome.score.distance / truth.floor.mean;
}

const floorsTo = ({ shadows, floor }: Exact, samples: Samples) => {
  const own = shadowsOf(samples);
  const sum = shadows.reduce((total, other) => total + slicedWasserstein(own, other), 0);
  return sum / shadows.length / floor.mean;
};

/** Ancestral sampling without any guidance: DPS with scale 0. */
async function ancestral(problem: Problem, measurement: TensorData, steps: number) {
  const { outputs } = await runner.run({
    document: readGraph("graphs/samplers/dps.json"),
    feeds: {
      operator: nodeFeed(problem.operator.type, problem.operator.params),
      prior: nodeFeed("prior/gaussian-mixture", priorParams(problem)),
      measurement: { kind: "tensor", data: measurement },
      schedule: nodeFeed("schedule/ddpm-uniform", { steps }),
      guidanceScale: numberFeed(0),
    },
    batch,
    seed: 2,
  });
  const { data, shape } = outputs["x0"] as TensorData;
  return samplesOf(data as Float32Array, data.length / (shape[0] ?? 1));
}

/** The posterior of a mixture with one variance c for all coordinates, of which the first is seen. */
function firstSeen({ mixture, noiseStd }: Problem, y: number): MixtureTable {
  const c = mixture.covariance[0]?.[0] ?? NaN;
  const gain = c / (c + noiseStd ** 2);
  const odds = mixture.means.map(
    ([first = 0], k) =>
      (mixture.weights[k] ?? 0) * Math.exp(-0.5 * ((y - first) ** 2 / (c + noiseStd ** 2))),
  );
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return {
    weights: odds.map((odd) => odd / total),
    means: mixture.means.map(([first = 0, ...rest]) => [first + gain * (y - first), ...rest]),
    covariance: [
      [c * (1 - gain), 0],
      [0, c],
    ],
  };
}

describe("without a measurement", () => {
  test.each(["plane, mask", "8-D, mask"])(
    "ancestral sampling gives the prior of %s",
    async (name) => {
      const problem = problemOf(name);
      const prior = await exactOf(problem, runner, { batch, seed: 1, known: false });
      prior.weights.forEach((w, k) => expect(w).toBeCloseTo(problem.mixture.weights[k] ?? 0, 4));
      const samples = await ancestral(problem, prior.measurement, 200);
      const score = scoreOf(samples, prior, componentShares(problem.mixture, samples));
      expect(score.distance / prior.floor.mean).toBeLessThan(1.6);
      expect(score.meanError).toBeLessThan(0.1);
      expect(Math.abs(score.spread - 1)).toBeLessThan(0.05);
      expect(score.modeError).toBeLessThan(0.06);
    },
  );

  test("ancestral sampling of a posterior that is written down gives what metric/exact-posterior draws", async () => {
    const problem = problemOf("plane, mask");
    const truth = await exact(problem.name);
    const y = Number(truth.measurement.data[0]);
    const mixture = firstSeen(problem, y);
    mixture.weights.forEach((w, k) => expect(truth.weights[k]).toBeCloseTo(w, 4));
    const samples = await ancestral({ ...problem, mixture }, truth.measurement, 200);
    expect(floorsTo(truth, samples)).toBeLessThan(1.6);
  });
});

describe("the scores", () => {
  test("tell exact samples from prior samples and from the posterior mean", async () => {
    const problem = problemOf("8-D, one Gaussian, mask");
    const truth = await exact(problem.name);
    const prior = await exactOf(problem, runner, { batch, seed: 1, known: false });
    const [own, drawn] = [truth.sets[0] as Samples, prior.sets[0] as Samples];
    const mean = samplesOf(
      Array.from({ length: batch * own.size }, (_, i) => truth.mean[i % own.size] ?? 0),
      own.size,
    );
    expect(floorsTo(truth, own)).toBeLessThan(1.3);
    expect(floorsTo(truth, drawn)).toBeGreaterThan(5);
    expect(floorsTo(truth, mean)).toBeGreaterThan(5);
  });

  test("shares of exact samples are the exact weights", async () => {
    const problem = problemOf("8-D, average");
    const truth = await exact(problem.name);
    const all = samplesOf(
      truth.sets.flatMap(({ values }) => [...values]),
      truth.mean.length,
    );
    componentShares(problem.mixture, all).forEach((share, k) =>
      expect(Math.abs(share - (truth.weights[k] ?? NaN))).toBeLessThan(0.02),
    );
  });
});

describe("samplers that come close to the posterior", () => {
  // Seeds are fixed; as measured they are at 0.9 to 1.1. Prior samples are at 8.
  test.each(["DDRM", "DDNM+", "PiGDM"])("%s does with 50 evaluations", async (name) => {
    expect(await floorsOf(name, 50, "plane, mask")).toBeLessThan(1.4);
  });
});

describe("the inner loop of DPS-MO on the likelihood alone", () => {
  test("is as hot as the noise, and 14 times too hot with the noise that is printed", async () => {
    const { literal, tempered } = await heatOf(0.05, runner, batch);
    expect(Math.abs(tempered - 1)).toBeLessThan(0.03);
    expect(Math.abs(literal - Math.SQRT1_2 / 0.05)).toBeLessThan(0.4);
  });
});

describe("DPS-MO on one Gaussian", () => {
  const c = 0.04;
  const problem: Problem = {
    ...problemOf("plane, mask"),
    mixture: {
      weights: [1],
      means: [[0, 0]],
      covariance: [
        [c, 0],
        [0, c],
      ],
    },
  };

  /**
   * Variance over c of a coordinate: a level is x ← s (u + σ n) with s = c / (c + σ²), and u is x where nothing is
   * measured, else (1 − 2 g)^N x up to a constant.
   */
  const varianceAfter = (reNoise: number, measured: boolean) => {
    const { noiseStd } = problem;
    const [from, to] = [10 ** (1 / 7), noiseStd ** (1 / 7)];
    const sigmas = Array.from({ length: 50 }, (_, i) => (from + (i / 49) * (to - from)) ** 7);
    const variance = sigmas.reduce((v, sigma) => {
      const step = Math.min(0.25, sigma ** 2 / (2 * 20 * noiseStd ** 2));
      const kept = measured ? (1 - 2 * step) ** 20 : 1;
      return (c / (c + sigma ** 2)) ** 2 * (kept ** 2 * v + (reNoise * sigma) ** 2);
    }, 0);
    return variance / c;
  };

  test.each([
    ["gradient descent", 1],
    ["gradient descent, re-noised by √2", Math.SQRT2],
  ])("%s has the spread that its recursion says", async (name, reNoise) => {
    const row = variants.find((variant) => variant.name === name);
    if (row === undefined) throw new Error(`there is no variant ${name}`);
    const truth = await exactOf(problem, runner, { batch, seed: 1 });
    const outcome = await runCell({ row, problem, nfe: 50, batch, seed: 2 }, truth, runner);
    if (!outcome.ran) throw new Error(outcome.why);
    const total = c * (varianceAfter(reNoise, true) + varianceAfter(reNoise, false));
    const expected = Math.sqrt(total) / truth.spread;
    expect(Math.abs(outcome.score.spread / expected - 1)).toBeLessThan(0.05);
  });

  test("is at less than half of the variance where nothing is measured, and with √2 of the noise at twice as much", () => {
    expect(varianceAfter(1, false)).toBeLessThan(0.45);
    expect(varianceAfter(Math.SQRT2, false)).toBeGreaterThan(0.84);
  });
});

test("a sampler that needs a column which the operator lacks is left out with the operator's sentence", async () => {
  const problem = problemOf("64-D, blur");
  const row = rows.find(({ name }) => name === "ProjDiff, noisy");
  if (row === undefined) throw new Error("there is no such row");
  const truth = await exactOf(problem, runner, { batch: 2, seed: 1 });
  const outcome = await runCell({ row, problem, nfe: 10, batch: 2, seed: 2 }, truth, runner);
  expect(outcome).toMatchObject({ ran: false, diverged: false });
  expect(outcome.ran ? "" : outcome.why).toMatch(/has no scalar equivalent noise level/);
});

test("every sampler that ships has a row, or a sentence why not", () => {
  const known = new Set([...rows.map(({ graph }) => graph), ...Object.keys(notRun)]);
  const shipped = readdirSync(path.join(root, "graphs/samplers")).map((file) =>
    file.replace(/\.json$/, ""),
  );
  expect(shipped.filter((graph) => !known.has(graph))).toEqual([]);
});
