import { describe, expect, test } from "vitest";
import { evaluate } from "../../../test/support/evaluate.ts";
import { fillNormals } from "../../../runtime/execute/noise/fill-normals.ts";
import { float32 } from "../../../runtime/tensor/tensor.ts";
import { exactUpTo, poissonCounts } from "./poisson.ts";

const draws = 40_000;

async function drawn(mean: number): Promise<Float32Array> {
  const normals = new Float32Array(draws);
  fillNormals(normals, { seed: 3, stream: `mean ${mean}`, sample: 0, indices: [] });
  const [counts] = await evaluate(
    [float32(new Float32Array(draws).fill(mean), [1, draws]), float32(normals, [1, draws])],
    (emit, [m, z]) => [poissonCounts(emit, m!, z!)],
  );
  return counts!;
}

/** The probabilities of 0, 1, … and of everything from the last on. */
function probabilities(mean: number, upTo: number): readonly number[] {
  const all = [Math.exp(-mean)];
  for (let k = 1; k < upTo; k += 1) all.push((all.at(-1)! * mean) / k);
  return [...all, 1 - all.reduce((a, b) => a + b, 0)];
}

describe(poissonCounts.name, () => {
  test.each([0.1, 1, 5, exactUpTo - 0.01, exactUpTo + 0.01, 30, 255, 10_000])(
    "has mean and variance %d, in whole counts",
    async (mean) => {
      const counts = await drawn(mean);
      const average = counts.reduce((a, b) => a + b, 0) / draws;
      const variance = counts.reduce((a, b) => a + (b - average) ** 2, 0) / (draws - 1);
      // Five standard errors; the variance's own is √((μ₄ - σ⁴)/n), μ₄ = λ + 3λ².
      expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws));
      const error = Math.sqrt((mean + 2 * mean ** 2) / draws);
      expect(Math.abs(variance - mean)).toBeLessThan(5 * error);
      expect(counts.every((v) => Number.isInteger(v) && v >= 0)).toBe(true);
    },
  );

  // At the border between the two ways both are in the test.
  test.each([0.3, 4, exactUpTo - 0.01, exactUpTo + 0.01, 40])(
    "has the distribution of mean %d, by χ²",
    async (mean) => {
      const counts = await drawn(mean);
      const expected = probabilities(mean, Math.ceil(mean + 5 * Math.sqrt(mean)) + 2);
      const found = expected.map(() => 0);
      counts.forEach((k) => {
        found[Math.min(k, expected.length - 1)]! += 1;
      });
      let [chi, cells, rest, restFound] = [0, 0, 0, 0];
      expected.forEach((p, k) => {
        rest += p * draws;
        restFound += found[k]!;
        if (rest < 10 && k < expected.length - 1) return;
        chi += (restFound - rest) ** 2 / Math.max(rest, 1e-9);
        cells += 1;
        [rest, restFound] = [0, 0];
      });
      // Mean cells - 1, standard deviation √(2 (cells - 1)).
      expect(chi).toBeLessThan(cells - 1 + 5 * Math.sqrt(2 * cells));
    },
  );

  test("is 0 where the mean is, or below, whatever the normal", async () => {
    const [counts] = await evaluate(
      [float32([0, -3, 0], [1, 3]), float32([6.7, 6.7, -6.7], [1, 3])],
      (emit, [m, z]) => [poissonCounts(emit, m!, z!)],
    );
    expect(counts).toEqual(Float32Array.of(0, 0, 0));
  });

  test("stays small in the tail of a small mean", async () => {
    const [counts] = await evaluate(
      [float32([0.1, 1, 11], [1, 3]), float32([6.7, 6.7, 6.7], [1, 3])],
      (emit, [m, z]) => [poissonCounts(emit, m!, z!)],
    );
    expect(counts![0]).toBeLessThanOrEqual(5);
    expect(counts![1]).toBeLessThanOrEqual(10);
    expect(counts![2]).toBeLessThanOrEqual(32);
  });
});
