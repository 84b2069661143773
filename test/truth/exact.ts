import type { Document } from "../../runtime/graph/document.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { nodeFeed, numberFeed } from "../bench/subject.ts";
import { rootOf } from "./mixture.ts";
import { groundTruth, priorParams, type Problem } from "./problems.ts";
import type { Runner } from "./run-graph.ts";
import { apart, momentsOf, samplesOf, trace, type Moments, type Samples } from "./samples.ts";
import { shadowsOf, slicedWasserstein, type Shadows } from "./sliced-wasserstein.ts";

/** Sets of exact samples, each as large as a sampler's. */
export const exactSets = 6;

/** A problem's measurement, and its posterior as exact samples, mean and weights. */
export interface Exact {
  readonly measurement: TensorData;
  readonly sets: readonly Samples[];
  readonly shadows: readonly Shadows[];
  readonly mean: Float64Array;
  readonly weights: readonly number[];
  /** About the exact mean, of all sets together. */
  readonly covariance: Float64Array;
  /** √ of the posterior's total variance. */
  readonly spread: number;
  /** Sliced-Wasserstein distances between pairs of exact sets. */
  readonly floor: { readonly mean: number; readonly most: number };
}

/** Draws the measurement and the exact sets; with `known` false nothing is measured and the posterior is the prior. */
export async function exactOf(
  problem: Problem,
  runner: Runner,
  {
    batch,
    seed,
    known = true,
  }: { readonly batch: number; readonly seed: number; readonly known?: boolean },
): Promise<Exact> {
  const { outputs } = await runner.run({
    document: exactDocument(known ? problem.noiseStd : nothing),
    feeds: {
      image: {
        kind: "tensor",
        data: float32(groundTruth(problem, rootOf), [1, ...problem.signal]),
      },
      operator: nodeFeed(problem.operator.type, problem.operator.params),
      prior: nodeFeed("prior/gaussian-mixture", priorParams(problem)),
      measurementNoiseStd: numberFeed(problem.noiseStd),
    },
    batch,
    seed,
  });
  const tensor = (name: string) => outputs[name] as TensorData;
  const numbers = (name: string) => tensor(name).data as Float32Array;
  const size = numbers("mean").length / batch;
  const sets = Array.from({ length: exactSets }, (_, i) => samplesOf(numbers(`x${i}`), size));
  const mean = Float64Array.from(numbers("mean").subarray(0, size));
  return {
    measurement: firstOf(tensor("y")),
    weights: Array.from(numbers("weights").subarray(0, problem.mixture.weights.length)),
    mean,
    sets,
    ...distances(sets),
    ...spreadOf(sets, mean),
  };
}

/** A standard deviation of the noise beside which no signal is seen. */
const nothing = 1000;

function distances(sets: readonly Samples[]): Pick<Exact, "shadows" | "floor"> {
  const shadows = sets.map(shadowsOf);
  const pairs = shadows.flatMap((a, i) => shadows.slice(0, i).map((b) => slicedWasserstein(a, b)));
  const mean = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
  return { shadows, floor: { mean, most: Math.max(...pairs) } };
}

function spreadOf(sets: readonly Samples[], mean: Float64Array) {
  const each = sets.map((set) => momentsOf(set, mean));
  const covariance = mean.length === 0 ? mean : averaged(each);
  return { covariance, spread: Math.sqrt(trace({ mean, covariance })) };
}

function averaged(each: readonly Moments[]): Float64Array {
  const [first] = each;
  return Float64Array.from(first?.covariance ?? [], (_, i) =>
    each.reduce((sum, { covariance }) => sum + (covariance[i] ?? NaN) / each.length, 0),
  );
}

/** One row of a batch whose rows are all the same. */
function firstOf({ shape, data }: TensorData): TensorData {
  const [batch = 1, ...rest] = shape;
  const size = data.length / batch;
  return float32((data as Float32Array).slice(0, size), [1, ...rest]);
}

function exactDocument(noiseStd: number): Document {
  const known = { operator: "bound.operator", prior: "@prior", measurement: "measure.y" };
  const draws = Array.from({ length: exactSets }, (_, i) => [
    `exact${i}`,
    { type: "metric/exact-posterior", v: 1, params: { noiseStd, stream: `exact${i}` }, in: known },
  ]);
  const document = {
    denoodle: 1,
    name: "Exact posterior",
    inputs: {
      image: { kind: "signal" },
      operator: { kind: "operator" },
      prior: { kind: "prior" },
      measurementNoiseStd: { kind: "scalar" },
    },
    graph: {
      bound: {
        type: "operator/in-space",
        v: 1,
        in: { operator: "@operator", space: "@image" },
      },
      measure: {
        type: "operator/measure",
        v: 1,
        params: { stream: "measurement" },
        in: { operator: "bound.operator", x: "@image", noiseStd: "@measurementNoiseStd" },
      },
      ...Object.fromEntries(draws),
    },
    outputs: {
      y: "measure.y",
      mean: "exact0.mean",
      weights: "exact0.weights",
      ...Object.fromEntries(draws.map((_, i) => [`x${i}`, `exact${i}.x`])),
    },
    blocks: {},
  };
  return document as unknown as Document;
}

/** How a set of samples stands to the exact posterior. */
export interface Score {
  /** Sliced-Wasserstein distance, the mean over the exact sets. */
  readonly distance: number;
  /** Distance of the means, in units of the posterior's spread. */
  readonly meanError: number;
  /** √ of the total variance over the posterior's: 1 is right, 0 is one point. */
  readonly spread: number;
  /** Frobenius distance of the covariances over the norm of the exact one. */
  readonly covarianceError: number;
  /** Half the sum of differences of the components' shares: 0 is right, 1 is all wrong. */
  readonly modeError: number;
}

export function scoreOf(samples: Samples, exact: Exact, shares: readonly number[]): Score {
  const shadows = shadowsOf(samples);
  const { mean, covariance } = momentsOf(samples);
  const zero = new Float64Array(covariance.length);
  return {
    distance:
      exact.shadows.reduce((sum, other) => sum + slicedWasserstein(shadows, other), 0) / exactSets,
    meanError: apart(mean, exact.mean) / exact.spread,
    spread: Math.sqrt(trace({ mean, covariance })) / exact.spread,
    covarianceError: apart(covariance, exact.covariance) / apart(exact.covariance, zero),
    modeError: shares.reduce((sum, s, k) => sum + Math.abs(s - (exact.weights[k] ?? 0)), 0) / 2,
  };
}
