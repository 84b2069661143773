import type { ImageLayout } from "../data/layout.ts";

export interface Polar {
  readonly magnitude: Float32Array;
  /** From −π to π. */
  readonly phase: Float32Array;
  readonly layout: ImageLayout;
}

/** Magnitude and phase of images whose channels are pairs: real part, imaginary part. */
export function polarOf(values: Float32Array, layout: ImageLayout): Polar {
  const channels = layout.channels / 2;
  const plane = layout.height * layout.width;
  const size = layout.batch * channels * plane;
  const polar = { magnitude: new Float32Array(size), phase: new Float32Array(size) };
  for (let i = 0; i < size; i++) {
    const at = i + Math.floor(i / plane) * plane;
    const [re, im] = [values[at] ?? 0, values[at + plane] ?? 0];
    polar.magnitude[i] = Math.hypot(re, im);
    polar.phase[i] = Math.atan2(im, re);
  }
  return { ...polar, layout: { ...layout, channels } };
}

/** Decibels below the largest, for spectra whose values span many powers of ten. */
export function decibelsOf(magnitude: Float32Array): Float32Array {
  let largest = 0;
  for (const value of magnitude) if (Number.isFinite(value) && value > largest) largest = value;
  return magnitude.map(
    (value) => 20 * Math.log10(Math.max(value, largest * 1e-6) / (largest || 1)),
  );
}
