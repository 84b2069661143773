import { CholeskyDecomposition, determinant, inverse, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { compile } from "../../runtime/compile/compile.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { run } from "../../runtime/execute/run.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { float32, sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import { registry } from "../index.ts";

const chosen = createNodeBackend("cpu", { threads: 1 });

interface Problem {
  readonly signal: Shape;
  readonly means: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  readonly operator: { readonly type: string; readonly params: object };
  /** The operator's matrix, written down by hand. */
  readonly matrix: readonly (readonly number[])[];
  readonly noiseStd: number;
  readonly y: readonly number[];
  readonly measurement: Shape;
}

/** Runs the node on its own; `means` in the shape of the signal. */
async function posterior(problem: Problem, batch = 1, more: object = {}) {
  const { signal, weights, covariances, operator, noiseStd, y, measurement } = problem;
  const document = {
    denoodle: 1,
    name: "t",
    inputs: { space: { kind: "signal" }, y: { kind: "measurement" } },
    graph: {
      prior: {
        type: "prior/gaussian-mixture",
        v: 1,
        params: { means: problem.means.map((m) => nested(m, signal)), weights, covariances },
      },
      a: { type: operator.type, v: 1, params: operator.params },
      bound: { type: "operator/in-space", v: 1, in: { operator: "a.operator", space: "@space" } },
      exact: {
        type: "metric/exact-posterior",
        v: 1,
        params: { noiseStd },
        in: { operator: "bound.operator", prior: "prior.prior", measurement: "@y" },
      },
      ...more,
    },
    outputs: { x: "exact.x", mean: "exact.mean", weights: "exact.weights" },
    blocks: {},
  };
  const compiled = compile({
    document: document as unknown as Document,
    feeds: {
      space: { kind: "tensor", data: float32(new Float32Array(sizeOf(signal)), [1, ...signal]) },
      y: { kind: "tensor", data: float32(y, [1, ...measurement]) },
    },
    batch,
    registry,
    assets: {
      tensors: new Map([["points.npy", float32([0, 1], [1, 1, 1, 2])]]),
      models: new Map(),
    },
  });
  const { backend } = await chosen;
  const options = { backend, noise: philoxNoise(1), seed: 1, clock: () => 0 };
  for await (const event of run(compiled, options))
    if (event.type === "done") return numbersIn(event.outputs);
  throw new Error("the run did not end");
}

const numbersIn = (outputs: Readonly<Record<string, unknown>>): Record<string, readonly number[]> =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      Array.from((value as { data: ArrayLike<number> }).data, Number),
    ]),
  );

function nested(values: readonly number[], shape: Shape): unknown {
  const [first = 1, ...rest] = shape;
  if (rest.length === 0) return values;
  const size = sizeOf(rest);
  return Array.from({ length: first }, (_, i) =>
    nested(values.slice(i * size, (i + 1) * size), rest),
  );
}

/** The posterior of every component in the information form, in float64: its mean, covariance and weight. */
function informationForm({ means, weights, covariances, matrix, noiseStd, y }: Problem) {
  const a = new Matrix(matrix.map((row) => [...row]));
  const precisionOfNoise = noiseStd ** -2;
  const parts = means.map((mean, k) => {
    const covariance = new Matrix((covariances[k] ?? []).map((row) => [...row]));
    const precision = inverse(covariance);
    const after = inverse(Matrix.add(precision, a.transpose().mmul(a).mul(precisionOfNoise)));
    const m = Matrix.columnVector([...mean]);
    const information = Matrix.add(
      precision.mmul(m),
      a
        .transpose()
        .mmul(Matrix.columnVector([...y]))
        .mul(precisionOfNoise),
    );
    const seen = a.mmul(covariance).mmul(a.transpose());
    const total = Matrix.add(seen, Matrix.eye(a.rows).mul(noiseStd ** 2));
    const away = Matrix.sub(Matrix.columnVector([...y]), a.mmul(m));
    const distance = away.transpose().mmul(inverse(total)).mmul(away).get(0, 0);
    return {
      mean: after.mmul(information).to1DArray(),
      covariance: after,
      log: Math.log(weights[k] ?? NaN) - (distance + Math.log(determinant(total))) / 2,
    };
  });
  const most = Math.max(...parts.map(({ log }) => log));
  const total = parts.reduce((sum, { log }) => sum + Math.exp(log - most), 0);
  return parts.map(({ log, ...part }) => ({ ...part, weight: Math.exp(log - most) / total }));
}

const plane: Problem = {
  signal: [1, 1, 2],
  means: [
    [0.5, 0.5],
    [0.45, -0.5],
    [-0.6, 0],
  ],
  weights: [0.6, 0.3, 0.1],
  covariances: [
    [
      [0.04, 0.01],
      [0.01, 0.02],
    ],
    [
      [0.02, -0.01],
      [-0.01, 0.03],
    ],
    [
      [0.01, 0],
      [0, 0.05],
    ],
  ],
  operator: { type: "operator/box-inpainting", params: { height: 1, width: 1, top: 0, left: 1 } },
  matrix: [
    [1, 0],
    [0, 0],
  ],
  noiseStd: 0.1,
  // What stands at the missing pixel is noise.
  y: [0.4, 3],
  measurement: [1, 1, 2],
};

const decay = (i: number, j: number) =>
  0.03 * Math.exp(-Math.abs(i - j) / 3) + (i === j ? 0.002 : 0);
const eightByEight = Array.from({ length: 8 }, (_, i) =>
  Array.from({ length: 8 }, (_unused, j) => decay(i, j)),
);

/** Two images of 2 x 2, averaged. Two of the means differ only in what the average does not show. */
const average: Problem = {
  signal: [2, 2, 2],
  means: [
    [0.3, -0.3, 0.3, -0.3, 0.2, 0.2, 0.2, 0.2],
    [-0.3, 0.3, -0.3, 0.3, 0.2, 0.2, 0.2, 0.2],
    [0.4, 0.4, 0.4, 0.4, -0.1, 0.3, -0.1, 0.3],
  ],
  weights: [0.2, 0.5, 0.3],
  covariances: [eightByEight, eightByEight.map((row) => row.map((c) => 0.5 * c)), eightByEight],
  operator: { type: "operator/average", params: { factor: 2 } },
  matrix: [
    [0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0],
    [0, 0, 0, 0, 0.25, 0.25, 0.25, 0.25],
  ],
  noiseStd: 0.05,
  y: [0.15, 0.12],
  measurement: [2, 1, 1],
};

const problems = { "a mask": plane, averages: average };

describe("metric/exact-posterior", () => {
  test.each(Object.entries(problems))(
    "gives mean and weights of the information form behind %s",
    async (_, problem) => {
      const parts = informationForm(problem);
      const { mean = [], weights = [] } = await posterior(problem);
      parts.forEach(({ weight }, k) =>
        expect(Math.abs((weights[k] ?? NaN) - weight)).toBeLessThan(2e-5),
      );
      mean.forEach((value, i) => {
        const expected = parts.reduce((sum, part) => sum + part.weight * (part.mean[i] ?? NaN), 0);
        expect(Math.abs(value - expected)).toBeLessThan(2e-5);
      });
      // More than one component has a share, or the test could not see the weights.
      expect(weights.filter((weight) => weight > 0.05).length).toBeGreaterThan(1);
    },
  );

  test("agrees with importance sampling from the prior", async () => {
    const { mean = [] } = await posterior(plane);
    const estimate = importance(plane, 200_000);
    mean.forEach((value, i) => expect(Math.abs(value - (estimate[i] ?? NaN))).toBeLessThan(0.01));
  });

  test.each(Object.entries(problems))(
    "its samples have the shares, the mean and the covariance of the mixture behind %s",
    async (_, problem) => {
      const batch = 20_000;
      const parts = informationForm(problem);
      const { x = [] } = await posterior(problem, batch);
      const n = sizeOf(problem.signal);
      const mean = (of: (row: readonly number[]) => number) => {
        let sum = 0;
        for (let b = 0; b < batch; b += 1) sum += of(x.slice(b * n, (b + 1) * n));
        return sum / batch;
      };
      const centre = Array.from({ length: n }, (_unused, i) =>
        parts.reduce((sum, part) => sum + part.weight * (part.mean[i] ?? NaN), 0),
      );
      for (let i = 0; i < n; i += 1)
        for (let j = 0; j <= i; j += 1) {
          const expected = parts.reduce((sum, { weight, mean: m, covariance }) => {
            const [a, b] = [(m[i] ?? NaN) - (centre[i] ?? 0), (m[j] ?? NaN) - (centre[j] ?? 0)];
            return sum + weight * (covariance.get(i, j) + a * b);
          }, 0);
          const found = mean(
            (row) => ((row[i] ?? NaN) - (centre[i] ?? 0)) * ((row[j] ?? NaN) - (centre[j] ?? 0)),
          );
          expect(Math.abs(found - expected)).toBeLessThan(0.006);
        }
      centre.forEach((value, i) =>
        expect(Math.abs(mean((row) => row[i] ?? NaN) - value)).toBeLessThan(0.01),
      );
    },
  );

  test("each sample of a batch answers to its own measurement, and no two are the same", async () => {
    const alone = await posterior({ ...average, y: [0.15, 0.12] });
    const { x = [], mean = [] } = await posterior(average, 3);
    expect(mean.slice(8, 16)).toEqual(alone["mean"]);
    expect(new Set([x[0], x[8], x[16]]).size).toBe(3);
  });

  test("refuses what has no closed form, and what is too large, with a sentence", async () => {
    const hdr = { ...plane, operator: { type: "operator/hdr", params: {} } };
    await expect(posterior(hdr)).rejects.toThrow(/is not linear: its posterior is not known/);
    const large: Problem = {
      ...plane,
      signal: [1, 16, 17],
      measurement: [1, 16, 17],
      means: [Array<number>(272).fill(0)],
      y: Array<number>(272).fill(0),
      weights: [1],
      covariances: [Matrix.eye(272).to2DArray()],
    };
    await expect(posterior(large)).rejects.toThrow(/at most 256 values, here there are 272/);
    const points = { prior: { type: "prior/dataset", v: 1, params: { file: "points.npy" } } };
    await expect(posterior(plane, 1, points)).rejects.toThrow(/is no mixture of Gaussians/);
  });
});

/** The posterior mean by weighing prior samples with their likelihood; only the first coordinate is seen. */
function importance(problem: Problem, count: number): number[] {
  const { means, weights, covariances, noiseStd, y } = problem;
  const next = uniform();
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const roots = covariances.map((c) => new CholeskyDecomposition(c.map((row) => [...row])));
  let total = 0;
  let sum = Matrix.zeros(means[0]?.length ?? 0, 1);
  for (let s = 0; s < count; s += 1) {
    const k = pick(weights, next());
    const away = roots[k]?.lowerTriangularMatrix.mmul(Matrix.columnVector([normal(), normal()]));
    const x = Matrix.add(Matrix.columnVector([...(means[k] ?? [])]), away ?? NaN);
    const likelihood = Math.exp(-0.5 * (((y[0] ?? NaN) - x.get(0, 0)) / noiseStd) ** 2);
    total += likelihood;
    sum = Matrix.add(sum, x.mul(likelihood));
  }
  return sum.div(total).to1DArray();
}

/** The component that the number u of (0, 1] falls to. */
function pick(weights: readonly number[], u: number): number {
  let below = 0;
  return weights.findIndex((weight) => (below += weight) >= u - 1e-12);
}

/** Numbers of (0, 1], the same in every run. */
function uniform(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
}
