import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { cutoff } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { AxisMatrix } from "./separable/axis-matrix.ts";
import { axisSvd } from "./separable/axis-svd.ts";
import { gaussianWeights, normalised, tapMatrix } from "./separable/axis-taps.ts";
import {
  sortedSpectrum,
  spectralOperator,
  type Decomposed,
  type Spectrum,
} from "./separable/ddrm-spectrum.ts";
import { lastTwo, sameSpace } from "./shared/family.ts";
import { lazy } from "./shared/lazy.ts";
import { readMatrix, readVector } from "./shared/read-arrays.ts";
import { perAxis, type AxisPair } from "./separable/separable-operator.ts";

const arrays = z.strictObject({
  U: z.string().min(1),
  V: z.string().min(1),
  sorted: z.string().min(1),
  permutation: z.string().min(1),
});

export const ddrmDeblurring = defineNode({
  type: "operator/ddrm-deblurring",
  v: 1,
  title: "Deblurring, DDRM-compatible",
  summary:
    "The operator that the code of DDRM, DDNM, RED-diff, C-ΠGDM and ProjDiff calls deblurring. It is not a blur: its sorted singular values are laid out channel after channel and its coordinates pixel after pixel, so that the values meet other coordinates than theirs and channels mix in effect; an odd number of taps loses the last; and singular values of the 1-D matrix below the cutoff are 0. Pseudo-inverse and decomposition are consistent with that, and published numbers are for it. For the blur that was meant use operator/gaussian-blur or operator/uniform-blur with boundary zero. Equal singular values may be sorted either way: arrays replays the authors' own order, from .npy files of U, V ([n, n]), the sorted products and their permutation ([n²]).",
  formula: "A x = U\\,(S \\odot V^{\\top} x\\, V)\\,U^{\\top}",
  source:
    "Kawar et al. 2022 (DDRM), arXiv:2201.11793, the authors' code (Deblurring); std 10 and 5 taps there and in ProjDiff, arXiv:2406.06959",
  params: z.strictObject({
    kernel: z
      .enum(["gaussian", "uniform"])
      .default("gaussian")
      .meta({ description: "The shape of the 1-D kernel." }),
    std: z
      .number()
      .positive()
      .max(100)
      .default(10)
      .meta({ description: "Width of the Gaussian kernel.", unit: "px" }),
    taps: z
      .int()
      .min(2)
      .max(1000)
      .default(5)
      .meta({ description: "Length of the kernel.", unit: "px" }),
    cutoff,
    arrays: arrays.optional().meta({
      description:
        "Files of the authors' own decomposition, whose order among equal singular values is theirs.",
    }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ arrays: files = {} }) =>
    Object.entries(files).map(([name, file]) => ({
      kind: "tensor",
      file,
      path: ["params", "arrays", name],
    })),
  build({ params: { kernel, std, taps, cutoff, arrays: files }, ctx }) {
    const label = "DDRM-compatible deblurring";
    if (files === undefined) {
      const all = kernel === "uniform" ? Array<number>(taps).fill(1) : gaussianWeights(std, taps);
      return {
        operator: sameSpace(label, (signal) => {
          const pair = perAxis(signal, (size) => blurMatrix(size, normalised(all)));
          return spectralOperator(
            label,
            signal,
            lazy(() => decompose(pair, cutoff)),
          );
        }),
      };
    }
    const [U, V] = [files.U, files.V].map((file) => readMatrix(ctx.tensor(file), file)) as [
      AxisMatrix,
      AxisMatrix,
    ];
    const spectrum = {
      sorted: readVector(ctx.tensor(files.sorted), files.sorted),
      permutation: readVector(ctx.tensor(files.permutation), files.permutation),
    };
    return {
      operator: sameSpace(label, (signal) => {
        refuseOtherSizes(lastTwo(signal), [U, V], spectrum);
        const bases = { rows: { U, V }, columns: { U, V } };
        return spectralOperator(label, signal, () => ({ bases, spectrum }));
      }),
    };
  },
});

/** Row i reads from i - ⌊K/2⌋ on, an even number of taps: the last of an odd number is lost. */
function blurMatrix(size: number, weights: readonly number[]): AxisMatrix {
  const half = Math.floor(weights.length / 2);
  return tapMatrix({ rows: size, columns: size, boundary: "zero" }, (i) => ({
    first: i - half,
    weights: weights.slice(0, 2 * half),
  }));
}

function decompose({ rows, columns }: AxisPair, cutoff: number): Decomposed {
  const along = (matrix: AxisMatrix) => {
    const { left, right, values } = axisSvd(matrix);
    return { basis: { U: left, V: right }, values: values.map((v) => (v < cutoff ? 0 : v)) };
  };
  const first = along(rows);
  const second = columns === rows ? first : along(columns);
  return {
    bases: { rows: first.basis, columns: second.basis },
    spectrum: sortedSpectrum(first.values, second.values),
  };
}

function refuseOtherSizes(
  [height, width]: readonly [number, number],
  matrices: readonly AxisMatrix[],
  { sorted, permutation }: Spectrum,
): void {
  const fits =
    matrices.every(({ rows, columns }) => rows === height && columns === width) &&
    sorted.length === height * width &&
    permutation.length === height * width;
  if (fits) return;
  const sizes = matrices.map(({ rows, columns }) => `${rows}x${columns}`).join(" and ");
  throw new RangeError(
    `the arrays of the deblurring are ${sizes}, ${sorted.length} singular values and ${permutation.length} places, the image is ${height}x${width}; they are made for one square size`,
  );
}
