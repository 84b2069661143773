import {
  complexImage,
  fft,
  fft2,
  turnsOf,
  type ComplexImage,
} from "../../../nodes/operator/kernel/fft.ts";

/** Power by frequency: as many places as `power` has, from 0 up to half a cycle a sample. */
export interface PowerSpectrum {
  /** Cycles a pixel, or a sample. */
  readonly frequency: Float32Array;
  /** So scaled that white noise of variance v has the power v at every frequency. */
  readonly power: Float32Array;
}

/** The largest side that is transformed: of a larger image its middle is taken. */
export const largestSide = 256;

/**
 * The power spectrum of an image [height, width], averaged over rings of equal frequency: the mean is taken off, a Hann
 * window is laid over it against the edges, and it is filled with zeros up to a power of two.
 */
export function radialSpectrum(plane: Float32Array, height: number, width: number): PowerSpectrum {
  const area = {
    top: middle(height),
    left: middle(width),
    height: Math.min(height, largestSide),
    width: Math.min(width, largestSide),
  };
  const size = powerOfTwo(Math.max(area.height, area.width));
  const image = complexImage(size);
  const weight = window2(plane, width, area, image);
  fft2(image, -1);
  const rings = size / 2 + 1;
  const sums = new Float64Array(rings);
  const counts = new Float64Array(rings);
  for (let v = 0; v < size; v++)
    for (let u = 0; u < size; u++) {
      const ring = Math.round(Math.hypot(Math.min(u, size - u), Math.min(v, size - v)));
      if (ring >= rings) continue;
      const at = v * size + u;
      sums[ring] =
        (sums[ring] ?? 0) + ((image.re[at] ?? 0) ** 2 + (image.im[at] ?? 0) ** 2) / weight;
      counts[ring] = (counts[ring] ?? 0) + 1;
    }
  return {
    frequency: Float32Array.from({ length: rings }, (_, ring) => ring / size),
    power: Float32Array.from(sums, (sum, ring) => sum / (counts[ring] ?? 1)),
  };
}

interface Area {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

const middle = (length: number): number => Math.max(0, Math.floor((length - largestSide) / 2));

/** Writes the windowed area into the corner of a square; returns the sum of the squared weights. */
function window2(plane: Float32Array, stride: number, area: Area, image: ComplexImage): number {
  const { size, re: into } = image;
  const [ys, xs] = [hann(area.height), hann(area.width)];
  const at = (y: number, x: number): number => {
    const value = plane[(area.top + y) * stride + area.left + x] ?? 0;
    return Number.isFinite(value) ? value : 0;
  };
  let [mean, weight] = [0, 0];
  for (let y = 0; y < area.height; y++) for (let x = 0; x < area.width; x++) mean += at(y, x);
  mean /= area.height * area.width;
  for (let y = 0; y < area.height; y++)
    for (let x = 0; x < area.width; x++) {
      const w = (ys[y] ?? 0) * (xs[x] ?? 0);
      into[y * size + x] = w * (at(y, x) - mean);
      weight += w * w;
    }
  return weight;
}

/** The periodic Hann window, shifted by half a sample so that no weight is zero. */
export const hann = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / length) ** 2);

export const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, least)));

/** The power spectrum of a sequence by Welch's method: the mean over half-overlapping windows of `size` samples. */
export function lineSpectrum(line: Float32Array, size: number): PowerSpectrum {
  const columns = shortTimePower(line, size, size / 2);
  const bins = size / 2 + 1;
  const power = new Float32Array(bins);
  const count = columns.length / bins;
  for (let i = 0; i < columns.length; i++)
    power[i % bins] = (power[i % bins] ?? 0) + (columns[i] ?? 0) / count;
  return { frequency: Float32Array.from({ length: bins }, (_, k) => k / size), power };
}

/**
 * The power of windows of `size` samples (a power of two), `hop` apart: `size / 2 + 1` numbers a window, window after
 * window. A sequence shorter than a window is one, filled with zeros.
 */
export function shortTimePower(line: Float32Array, size: number, hop: number): Float32Array {
  const bins = size / 2 + 1;
  const count = Math.max(1, Math.floor((line.length - size) / hop) + 1);
  const window = hann(size);
  const weight = window.reduce((sum, w) => sum + w * w, 0);
  const turns = turnsOf(size, -1);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  const power = new Float32Array(count * bins);
  for (let frame = 0; frame < count; frame++) {
    im.fill(0);
    for (let i = 0; i < size; i++) re[i] = (window[i] ?? 0) * finite(line[frame * hop + i]);
    fft(re, im, turns);
    for (let k = 0; k < bins; k++)
      power[frame * bins + k] = ((re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2) / weight;
  }
  return power;
}

const finite = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? value : 0;
