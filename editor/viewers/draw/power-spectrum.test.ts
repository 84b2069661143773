import { describe, expect, test } from "vitest";
import { complexImage, fft2 } from "../../../nodes/operator/kernel/fft.ts";
import { lineSpectrum, radialSpectrum, shortTimePower } from "./power-spectrum.ts";

/** Numbers around zero with no pattern, from a linear congruence. */
function noise(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += state / 2 ** 32;
    }
    return sum - 6;
  });
}

const peak = ({ frequency, power }: { frequency: Float32Array; power: Float32Array }): number =>
  frequency[power.indexOf(Math.max(...power))] ?? NaN;

describe("power spectra", () => {
  test("Parseval: the transform holds the energy of the image", () => {
    const image = complexImage(32);
    image.re.set(noise(1024));
    const energy = image.re.reduce((sum, value) => sum + value * value, 0);
    fft2(image, -1);
    const spectral = image.re.reduce((sum, re, i) => sum + re * re + (image.im[i] ?? 0) ** 2, 0);
    expect(spectral / 1024).toBeCloseTo(energy, 6);
  });

  test.each([
    [64, 64],
    [50, 40],
    [300, 280],
  ])("a wave across a %i × %i image has its peak at its frequency", (height, width) => {
    const wave = Float32Array.from(
      { length: height * width },
      (_, i) => 5 + Math.sin(2 * Math.PI * 0.125 * (i % width)),
    );
    expect(peak(radialSpectrum(wave, height, width))).toBeCloseTo(0.125, 2);
  });

  test("white noise of variance 1 has the power 1 at every frequency", () => {
    const { power } = radialSpectrum(noise(128 * 128), 128, 128);
    const outer = power.slice(16);
    expect(outer.reduce((sum, value) => sum + value, 0) / outer.length).toBeCloseTo(1, 1);
    expect(Math.min(...outer)).toBeGreaterThan(0.6);
  });

  test("a tone has its peak at its frequency, in a line and in each window of it", () => {
    const tone = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(2 * Math.PI * 0.25 * i));
    expect(peak(lineSpectrum(tone, 512))).toBeCloseTo(0.25, 3);
    const columns = shortTimePower(tone, 256, 128);
    expect(columns.length).toBe(31 * 129);
    for (let frame = 0; frame < 31; frame++) {
      const column = columns.subarray(frame * 129, (frame + 1) * 129);
      expect(column.indexOf(Math.max(...column))).toBe(64);
    }
  });

  test("a line shorter than a window is one window", () => {
    expect(shortTimePower(noise(20), 64, 32).length).toBe(33);
  });
});
