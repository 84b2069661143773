import { describe, expect, test } from "vitest";
import { dataset } from "../../nodes/prior/dataset.ts";
import { datasetPrior } from "../../nodes/prior/dataset-prior.ts";
import { eigenSymmetric } from "../../nodes/prior/eigen.ts";
import { gaussianMixture } from "../../nodes/prior/gaussian-mixture.ts";
import { mixturePreset, mixturePresets } from "../../nodes/prior/mixture-presets.ts";
import { defineNode, type AnyNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Level } from "../../runtime/graph/values.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { z } from "zod";
import { referenceMean, type ReferenceMixture } from "./reference.ts";
import { runGraph } from "./run-nodes.ts";

const levels: readonly Level[] = [
  { alpha: 1, sigma: 1e-3 },
  { alpha: 1, sigma: 0.05 },
  { alpha: 1, sigma: 0.4 },
  { alpha: 1, sigma: 10 },
  { alpha: 0.8, sigma: 0.6 },
  { alpha: 0.01, sigma: 0.99995 },
  { alpha: 0, sigma: 1 },
];

const diagonal = (values: readonly number[]) =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

const means = [
  [0.5, -0.2, 0.1],
  [-0.6, 0.3, 0.4],
  [0.1, 0.7, -0.5],
];
const weights = [0.2, 0.5, 0.3];
const stds = [0.1, 0.3, 0.02];
const variances = [
  [0.01, 0.2, 0.05],
  [0.3, 0.001, 0.04],
  [0.02, 0.02, 0.1],
];
const factors = [
  [
    [1, 0, 0],
    [0.5, 0.3, 0],
    [0.2, -0.4, 0.6],
  ],
  [
    [0.3, 0, 0],
    [-0.2, 0.1, 0],
    [0, 0.5, 0.2],
  ],
  [
    [0.2, 0, 0],
    [0.1, 0.9, 0],
    [0.3, 0.1, 0.05],
  ],
];
const covariances = factors.map((l) =>
  l.map((a) => l.map((b) => a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0))),
);

const states = [
  [0.4, -0.1, 0.2],
  [-0.7, 0.5, 0.3],
];
const flat = states.flat();

interface Expected {
  readonly params: object;
  readonly reference: ReferenceMixture;
}
const kinds: Readonly<Record<string, Expected>> = {
  isotropic: {
    params: { means, weights, std: stds },
    reference: { means, weights, covariances: stds.map((s) => diagonal([s ** 2, s ** 2, s ** 2])) },
  },
  diagonal: {
    params: { means, weights, variances },
    reference: { means, weights, covariances: variances.map(diagonal) },
  },
  full: { params: { means, weights, covariances }, reference: { means, weights, covariances } },
};

interface Setting {
  readonly tensors?: Readonly<Record<string, TensorData>>;
  readonly at?: readonly Level[];
  readonly more?: readonly AnyNode[];
}

/** x0 of the same states at every level. */
async function denoiseAll(
  prior: object,
  x: TensorData,
  { tensors = {}, at: extra = levels, more = [] }: Setting = {},
) {
  const { outputs, nfe } = await runGraph({
    graph: Object.fromEntries([
      ["p", prior],
      ...extra.flatMap((level, i) => [
        [`l${i}`, { type: "schedule/level", v: 1, params: { ...level } }],
        [
          `d${i}`,
          { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: `l${i}.level` } },
        ],
      ]),
    ]),
    outputs: Object.fromEntries(extra.map((_, i) => [`x${i}`, `d${i}.x0`])),
    feeds: { x },
    tensors,
    batch: x.shape[0] ?? 1,
    more: [gaussianMixture, dataset, ...more],
  });
  return { results: extra.map((_, i) => outputs[`x${i}`] ?? []), nfe };
}

describe("prior/gaussian-mixture", () => {
  test.each(Object.entries(kinds))(
    "gives the posterior mean of a mixture with %s covariances at every level",
    async (_, { params, reference }) => {
      const { results, nfe } = await denoiseAll(
        { type: "prior/gaussian-mixture", v: 1, params },
        float32(flat, [2, 3]),
      );
      expect(nfe).toBe(levels.length);
      levels.forEach(({ alpha, sigma }, i) =>
        states.forEach((state, b) =>
          referenceMean(reference, state, alpha, sigma).forEach((value, j) =>
            expect(Math.abs((results[i]?.[b * 3 + j] ?? NaN) - value), `level ${i}`).toBeLessThan(
              3e-5 * Math.max(1, Math.abs(value)),
            ),
          ),
        ),
      );
    },
  );

  test.each(Object.entries(kinds))(
    "differentiates with %s covariances as central differences do",
    async (_, { params, reference }) => {
      const [alpha, sigma] = [0.8, 0.3];
      const cotangent = [0.3, -1, 0.7, 0.2, 0.5, -0.4];
      const { outputs } = await runGraph({
        graph: {
          p: { type: "prior/gaussian-mixture", v: 1, params },
          l: { type: "schedule/level", v: 1, params: { alpha, sigma } },
          d: { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: "l.level" } },
          g: { type: "gradient/vjp", v: 1, in: { of: "d.x0", wrt: "@x", cotangent: "@c" } },
        },
        outputs: { g: "g.gradient" },
        feeds: { x: float32(flat, [2, 3]), c: float32(cotangent, [2, 3]) },
        batch: 2,
        more: [gaussianMixture],
      });
      const h = 1e-5;
      states.forEach((state, b) =>
        state.forEach((_value, j) => {
          const moved = (by: number) =>
            referenceMean(
              reference,
              state.map((v, i) => (i === j ? v + by : v)),
              alpha,
              sigma,
            ).reduce((sum, v, i) => sum + v * (cotangent[b * 3 + i] ?? NaN), 0);
          expect(
            Math.abs((outputs["g"]?.[b * 3 + j] ?? NaN) - (moved(h) - moved(-h)) / (2 * h)),
          ).toBeLessThan(5e-5);
        }),
      );
    },
  );

  test("one number a component means the same in every pixel", async () => {
    const x = float32(
      Array.from({ length: 12 }, (_, i) => Math.sin(i)),
      [1, 3, 2, 2],
    );
    const { results } = await denoiseAll(
      { type: "prior/gaussian-mixture", v: 1, params: { means: [0.3, -0.4], std: 0.2 } },
      x,
    );
    const reference = {
      weights: [0.5, 0.5],
      means: [0.3, -0.4].map((m) => Array<number>(12).fill(m)),
      covariances: Array(2).fill(diagonal(Array<number>(12).fill(0.04))),
    } as ReferenceMixture;
    levels.forEach(({ alpha, sigma }, i) =>
      referenceMean(reference, [...x.data].map(Number), alpha, sigma).forEach((value, j) =>
        expect(Math.abs((results[i]?.[j] ?? NaN) - value)).toBeLessThan(
          3e-5 * Math.max(1, Math.abs(value)),
        ),
      ),
    );
  });

  test.each(mixturePresets)(
    "the preset %s lies inside the unit square and keeps its centres",
    async (preset) => {
      const { means: table } = mixturePreset(preset);
      const centres = float32(Float32Array.from(table.values), table.shape);
      expect(Math.max(...[...centres.data].map((v) => Math.abs(Number(v))))).toBeLessThanOrEqual(1);
      const { results } = await denoiseAll(
        { type: "prior/gaussian-mixture", v: 1, params: { preset } },
        centres,
        { at: [{ alpha: 1, sigma: 0.01 }] },
      );
      results[0]?.forEach((value, i) =>
        expect(Math.abs(value - Number(centres.data[i]))).toBeLessThan(0.01),
      );
    },
  );

  test("what does not fit is refused with a sentence", async () => {
    const refused = (params: object) =>
      denoiseAll({ type: "prior/gaussian-mixture", v: 1, params }, float32(flat, [2, 3]));
    await expect(refused({})).rejects.toThrow(/has no means/);
    await expect(refused({ means })).rejects.toThrow(
      /exactly one of std, variances and covariances; there are 0/,
    );
    await expect(refused({ means, std: 1, weights: [1] })).rejects.toThrow(/Expected 3 weights/);
    await expect(refused({ means: [[1, 2], [3]], std: 1 })).rejects.toThrow(
      /differ in length or depth/,
    );
    await expect(refused({ means: [[1, 2]], std: 1 })).rejects.toThrow(
      /lives in the shape \[2\], the signal has \[3\]/,
    );
    await expect(refused({ means, covariances: diagonal([1, -1, 1]) })).rejects.toThrow(
      /negative eigenvalue/,
    );
  });
});

const items = float32(
  Array.from({ length: 40 }, (_, i) => Math.sin(i * i)),
  [8, 5],
);
const points: ReferenceMixture = {
  weights: Array<number>(8).fill(1 / 8),
  means: Array.from({ length: 8 }, (_, k) => [...items.data].slice(5 * k, 5 * k + 5).map(Number)),
  covariances: Array.from({ length: 8 }, () => diagonal([0, 0, 0, 0, 0])),
};
const noisy = [0.2, -0.4, 0.9, 0.1, -0.6, -0.3, 0.8, 0.4, -0.2, 0.5];

describe("prior/dataset", () => {
  test("gives the mean of the set weighted by likelihood at every level", async () => {
    const { results, nfe } = await denoiseAll(
      { type: "prior/dataset", v: 1, params: { file: "z.npy" } },
      float32(noisy, [2, 5]),
      { tensors: { "z.npy": items } },
    );
    expect(nfe).toBe(levels.length);
    levels.forEach(({ alpha, sigma }, i) =>
      [0, 5].forEach((at) =>
        referenceMean(points, noisy.slice(at, at + 5), alpha, sigma).forEach((value, j) =>
          expect(Math.abs((results[i]?.[at + j] ?? NaN) - value), `level ${i}`).toBeLessThan(2e-5),
        ),
      ),
    );
  });

  test("reads bytes as [-1,1] and pictures without a channel axis", async () => {
    const bytes: TensorData = {
      dtype: "uint8",
      shape: [2, 2, 2],
      data: Uint8Array.of(0, 255, 0, 255, 255, 0, 255, 0),
    };
    const { results } = await denoiseAll(
      { type: "prior/dataset", v: 1, params: { file: "z.npy" } },
      float32([-0.5, 0.4, -0.7, 0.9], [1, 1, 2, 2]),
      { tensors: { "z.npy": bytes }, at: [{ alpha: 1, sigma: 0.1 }] },
    );
    expect(results[0]).toEqual([-1, 1, -1, 1]);
  });

  test("a set too large for differences gives the same by one matrix product", async () => {
    const set = { items: 8, shape: [5], values: items.data as Float32Array };
    const large = defineNode({
      type: "test/large",
      v: 1,
      title: "",
      summary: "",
      formula: "",
      source: "",
      params: z.strictObject({}),
      scalars: z.strictObject({}),
      inputs: {},
      outputs: { prior: port.prior() },
      build: () => ({ prior: datasetPrior("large", set, 0) }),
    });
    const { results } = await denoiseAll({ type: "test/large", v: 1 }, float32(noisy, [2, 5]), {
      more: [large],
    });
    levels.forEach(({ alpha, sigma }, i) =>
      [0, 5].forEach((at) =>
        referenceMean(points, noisy.slice(at, at + 5), alpha, sigma).forEach((value, j) =>
          expect(Math.abs((results[i]?.[at + j] ?? NaN) - value), `level ${i}`).toBeLessThan(2e-5),
        ),
      ),
    );
  });
});

test("eigenSymmetric puts a matrix back together from orthonormal eigenvectors", () => {
  const n = 12;
  const matrix = Array.from({ length: n * n }, (_, i) =>
    Math.cos((Math.floor(i / n) + 1) * ((i % n) + 1)),
  );
  const { values, vectors } = eigenSymmetric(matrix, n);
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1) {
      let [sum, dot] = [0, 0];
      for (let k = 0; k < n; k += 1) {
        sum += (values[k] ?? NaN) * (vectors[i * n + k] ?? NaN) * (vectors[j * n + k] ?? NaN);
        dot += (vectors[k * n + i] ?? NaN) * (vectors[k * n + j] ?? NaN);
      }
      expect(sum).toBeCloseTo(matrix[i * n + j] ?? NaN, 12);
      expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
    }
});
