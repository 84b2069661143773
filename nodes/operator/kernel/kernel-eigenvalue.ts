import { readAt, type Boundary } from "../separable/boundary.ts";
import { largestOf } from "../shared/eigenvalue.ts";
import { complexImage, fft2, type ComplexImage } from "./fft.ts";
import { reachOf, type Kernel } from "./kernel.ts";

/** A larger image, border included, is cut to this side: the eigenvalue hardly changes, the time would. */
const largestSide = 256;
const tolerance = 1e-4;

/**
 * Largest eigenvalue of AᵀA of the correlation with `kernel` on an image of `height` × `width` pixels; float64
 * on the host, by Lanczos steps with fast Fourier transforms. Of an image that is larger than 256 pixels a side
 * with its border it is that of a part of 257 pixels less the kernel's size, within a percent or two.
 */
export function kernelEigenvalue(
  kernel: Kernel,
  [height, width]: readonly [number, number],
  boundary: Boundary,
): number {
  const [rows, columns] = [sideFor(height, kernel.height), sideFor(width, kernel.width)];
  const read = [
    readTable(rows, kernel.height, boundary),
    readTable(columns, kernel.width, boundary),
  ] as const;
  const size = powerOfTwo(Math.max(read[0].length, read[1].length));
  const spectrum = complexImage(size);
  for (let k = 0; k < kernel.height; k += 1)
    for (let l = 0; l < kernel.width; l += 1)
      spectrum.re[k * size + l] = kernel.data[k * kernel.width + l] ?? 0;
  fft2(spectrum, -1);
  const work = complexImage(size);
  const normal = (x: Float64Array) => {
    gather(work, x, read, columns);
    multiply(work, spectrum, -1);
    keepInside(work, rows, columns);
    multiply(work, spectrum, 1);
    return fold(work, read, [rows, columns]);
  };
  return largestOf(normal, rows * columns, tolerance);
}

const powerOfTwo = (least: number) => 2 ** Math.ceil(Math.log2(least));

/** As many pixels of a line as fit with their border; at least as many as the kernel has. */
const sideFor = (pixels: number, taps: number) =>
  Math.min(pixels, Math.max(largestSide, powerOfTwo(2 * taps)) - taps + 1);

type Tables = readonly [readonly (number | null)[], readonly (number | null)[]];

/** Which pixel each place of the line with its border shows. */
function readTable(size: number, taps: number, boundary: Boundary): readonly (number | null)[] {
  const { before } = reachOf(taps);
  return Array.from({ length: size + taps - 1 }, (_, i) => readAt[boundary](i - before, size));
}

function gather(
  { size, re, im }: ComplexImage,
  x: Float64Array,
  [rows, columns]: Tables,
  width: number,
): void {
  re.fill(0);
  im.fill(0);
  rows.forEach((row, i) =>
    columns.forEach((column, j) => {
      if (row !== null && column !== null) re[i * size + j] = x[row * width + column] ?? 0;
    }),
  );
}

/** By the spectrum (convolution), or by its conjugate (correlation), in the domain of frequencies. */
function multiply(image: ComplexImage, spectrum: ComplexImage, sign: 1 | -1): void {
  const { size, re, im } = image;
  fft2(image, -1);
  for (let i = 0; i < re.length; i += 1) {
    const [a, b] = [re[i] ?? 0, im[i] ?? 0];
    const [c, d] = [spectrum.re[i] ?? 0, sign * (spectrum.im[i] ?? 0)];
    re[i] = (a * c - b * d) / size ** 2;
    im[i] = (a * d + b * c) / size ** 2;
  }
  fft2(image, 1);
}

function keepInside({ size, re, im }: ComplexImage, height: number, width: number): void {
  im.fill(0);
  for (let i = 0; i < size; i += 1) re.fill(0, i * size + (i < height ? width : 0), (i + 1) * size);
}

function fold(
  { size, re }: ComplexImage,
  [rows, columns]: Tables,
  [height, width]: readonly [number, number],
): Float64Array {
  const x = new Float64Array(height * width);
  rows.forEach((row, i) =>
    columns.forEach((column, j) => {
      if (row === null || column === null) return;
      const at = row * width + column;
      x[at] = (x[at] ?? 0) + (re[i * size + j] ?? 0);
    }),
  );
  return x;
}
