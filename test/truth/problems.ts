import { referenceNormals } from "../../runtime/base/random-normals.ts";
import { philoxStart } from "../../runtime/base/random-key.ts";
import { sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";

/** An inverse problem whose posterior is known: a Gaussian mixture behind a linear operator, with Gaussian noise. */
export interface Problem {
  readonly name: string;
  /** What is measured of what, in words. */
  readonly about: string;
  readonly signal: Shape;
  readonly mixture: MixtureTable;
  readonly operator: { readonly type: string; readonly params: Readonly<Record<string, unknown>> };
  readonly noiseStd: number;
}

/** Rows of numbers; signals are flat. One covariance [n, n] is that of every component. */
export interface MixtureTable {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariance: readonly (readonly number[])[];
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** std² exp(−d²/2 length²) between pixels, and a little white: smooth pictures. Channels are apart. */
function smooth(
  [channels = 1, height = 1, width = 1]: Shape,
  { std, length, white }: { readonly std: number; readonly length: number; readonly white: number },
): number[][] {
  const places = range(channels * height * width).map((i) => ({
    channel: Math.floor(i / (height * width)),
    row: Math.floor(i / width) % height,
    column: i % width,
  }));
  return places.map((a, i) =>
    places.map((b, j) => {
      const distance = (a.row - b.row) ** 2 + (a.column - b.column) ** 2;
      const near = a.channel === b.channel ? Math.exp(-distance / (2 * length ** 2)) : 0;
      return std ** 2 * near + (i === j ? white ** 2 : 0);
    }),
  );
}

/** A picture of 8 x 8 by its formula. */
const picture = (at: (row: number, column: number) => number) =>
  range(64).map((i) => at(Math.floor(i / 8), i % 8));

const wave = (row: number) => 0.4 * Math.cos((Math.PI * row) / 7);
const checkered = (row: number, column: number) => ((row + column) % 2 === 0 ? 0.25 : -0.25);
const smoothPicture = smooth([1, 8, 8], { std: 0.12, length: 2, white: 0.03 });

export const problems: readonly Problem[] = [
  {
    name: "plane, mask",
    about: "two numbers, the first is seen; the modes lie above each other",
    signal: [1, 1, 2],
    mixture: {
      weights: [0.5, 0.3, 0.2],
      means: [
        [0.5, 0.6],
        [0.5, -0.6],
        [-0.5, 0],
      ],
      covariance: smooth([2, 1, 1], { std: 0.12, length: 1, white: 0 }),
    },
    operator: { type: "operator/box-inpainting", params: { height: 1, width: 1, top: 0, left: 1 } },
    noiseStd: 0.1,
  },
  {
    name: "plane, sum",
    about: "two numbers, their sum is seen; the prior is a ring of eight",
    signal: [2, 1, 1],
    mixture: {
      weights: [1, 1, 2, 1, 1, 1, 1, 1],
      means: range(8).map((i) => [
        0.8 * Math.cos((i * Math.PI) / 4),
        0.8 * Math.sin((i * Math.PI) / 4),
      ]),
      covariance: smooth([2, 1, 1], { std: 0.1, length: 1, white: 0 }),
    },
    operator: { type: "operator/mixture", params: { stems: 2 } },
    noiseStd: 0.2,
  },
  {
    name: "8-D, one Gaussian, mask",
    about: "one smooth Gaussian, every second pixel is seen",
    signal: [1, 2, 4],
    mixture: {
      weights: [1],
      means: [[0.2, 0.1, 0, -0.1, -0.2, -0.1, 0, 0.1]],
      covariance: smooth([1, 2, 4], { std: 0.3, length: 1.2, white: 0.05 }),
    },
    operator: { type: "operator/random-inpainting", params: { missing: 0.5, seed: 1 } },
    noiseStd: 0.1,
  },
  {
    name: "8-D, mask",
    about: "four smooth Gaussians that differ in the middle, which is missing",
    signal: [1, 2, 4],
    mixture: {
      weights: [0.3, 0.3, 0.2, 0.2],
      means: [
        [0.3, 0.6, 0.6, 0.3, 0.3, 0.6, 0.6, 0.3],
        [0.3, -0.6, -0.6, 0.3, 0.3, -0.6, -0.6, 0.3],
        [0.2, 0.6, -0.6, 0.2, 0.2, -0.6, 0.6, 0.2],
        [-0.6, 0, 0, -0.6, -0.6, 0, 0, -0.6],
      ],
      covariance: smooth([1, 2, 4], { std: 0.12, length: 1, white: 0.03 }),
    },
    operator: { type: "operator/box-inpainting", params: { height: 2, width: 2 } },
    noiseStd: 0.1,
  },
  {
    name: "8-D, average",
    about: "two channels of 2 x 2, their averages are seen; the modes differ within a block",
    signal: [2, 2, 2],
    mixture: {
      weights: [0.4, 0.3, 0.2, 0.1],
      means: [
        [0.5, -0.3, -0.3, 0.5, 0.2, 0.2, 0.2, 0.2],
        [-0.3, 0.5, 0.5, -0.3, 0.2, 0.2, 0.2, 0.2],
        [0.1, 0.1, 0.1, 0.1, 0.6, 0.6, -0.2, -0.2],
        [0.1, 0.1, 0.1, 0.1, -0.6, 0.2, 0.2, -0.6],
      ],
      covariance: smooth([2, 2, 2], { std: 0.12, length: 1, white: 0.05 }),
    },
    operator: { type: "operator/average", params: { factor: 2 } },
    noiseStd: 0.05,
  },
  {
    name: "64-D, mask",
    about: "pictures of 8 x 8 without their right half, in which the modes differ",
    signal: [1, 8, 8],
    mixture: {
      weights: [0.35, 0.25, 0.2, 0.1, 0.1],
      means: [
        picture((i, j) => (j < 4 ? wave(i) : wave(i) + 0.12 * (j - 3))),
        picture((i, j) => (j < 4 ? wave(i) : wave(i) - 0.12 * (j - 3))),
        picture((i, j) => (j < 4 ? wave(i) : wave(i) * (1 - (j - 3) / 2))),
        picture((i) => -wave(i)),
        picture((_, j) => 0.4 * Math.cos((Math.PI * j) / 7)),
      ],
      covariance: smoothPicture,
    },
    operator: { type: "operator/box-inpainting", params: { height: 8, width: 4, top: 0, left: 4 } },
    noiseStd: 0.1,
  },
  {
    name: "64-D, average",
    about: "pictures of 8 x 8 averaged over 2 x 2; two modes are chequered in opposite ways",
    signal: [1, 8, 8],
    mixture: {
      weights: [0.4, 0.25, 0.2, 0.15],
      means: [
        picture((i, j) => wave(i) + checkered(i, j)),
        picture((i, j) => wave(i) - checkered(i, j)),
        picture((i) => wave(i)),
        picture((_, j) => wave(j)),
      ],
      covariance: smoothPicture,
    },
    operator: { type: "operator/average", params: { factor: 2 } },
    noiseStd: 0.3,
  },
  {
    name: "64-D, blur",
    about: "pictures of 8 x 8 behind a Gaussian blur of one pixel",
    signal: [1, 8, 8],
    mixture: {
      weights: [0.4, 0.3, 0.2, 0.1],
      means: [
        picture((i, j) => wave(i) + 0.5 * checkered(i, j)),
        picture((i, j) => wave(i) - 0.5 * checkered(i, j)),
        picture((i) => wave(i)),
        picture((_, j) => wave(j)),
      ],
      covariance: smoothPicture,
    },
    operator: { type: "operator/gaussian-blur", params: { std: 1 } },
    noiseStd: 0.05,
  },
];

/** The signal that is measured: a draw of the first component, flat. Always the same. */
export function groundTruth({ name, signal, mixture }: Problem, rootOf: RootOf): number[] {
  const normals = new Float32Array(sizeOf(signal));
  referenceNormals(normals, philoxStart({ seed: 0, stream: name, sample: 0, indices: [] }));
  const root = rootOf(mixture.covariance);
  return (mixture.means[0] ?? []).map(
    (mean, i) => mean + (root[i] ?? []).reduce((sum, r, j) => sum + r * (normals[j] ?? 0), 0),
  );
}

type RootOf = (covariance: MixtureTable["covariance"]) => readonly (readonly number[])[];

/** Params of `prior/gaussian-mixture`, with means in the shape of the signal. */
export function priorParams({ signal, mixture }: Problem): Readonly<Record<string, unknown>> {
  return {
    means: mixture.means.map((mean) => shaped(mean, signal)),
    weights: mixture.weights,
    covariances: mixture.covariance,
  };
}

function shaped(values: readonly number[], shape: Shape): unknown {
  const [first = 1, ...rest] = shape;
  if (rest.length === 0) return values;
  const size = sizeOf(rest);
  return range(first).map((i) => shaped(values.slice(i * size, (i + 1) * size), rest));
}
