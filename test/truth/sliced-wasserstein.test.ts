import { describe, expect, test } from "vitest";
import { momentsOf, samplesOf, trace } from "./samples.ts";
import { shadowsOf, slicedWasserstein } from "./sliced-wasserstein.ts";

/** Points of a normal distribution on the line, evenly in probability. */
const quantiles = Array.from({ length: 2000 }, (_, i) => inverseNormal((i + 0.5) / 2000));

/** By bisection of a numerically integrated density. */
function inverseNormal(probability: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (distributionFunction(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function distributionFunction(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
}

const line = (of: (z: number) => number) => shadowsOf(samplesOf(quantiles.map(of), 1));

describe(slicedWasserstein.name, () => {
  test("of Gaussians on a line is the root of the squared differences of mean and std", () => {
    const distance = slicedWasserstein(
      line((z) => z),
      line((z) => 0.3 + 1.4 * z),
    );
    expect(distance).toBeCloseTo(Math.hypot(0.3, 0.4), 2);
  });

  test("sees no order: a set and its mirror image about 0 are the same", () => {
    const mirrored = line((z) => -z);
    expect(
      slicedWasserstein(
        line((z) => z),
        mirrored,
      ),
    ).toBeLessThan(1e-6);
  });

  test("of a set moved in four dimensions is about half of the way", () => {
    const points = Array.from({ length: 400 }, (_, i) => Math.sin(i * i));
    const moved = points.map((value, i) => value + (i % 4 === 0 ? 2 : 0));
    const distance = slicedWasserstein(
      shadowsOf(samplesOf(points, 4)),
      shadowsOf(samplesOf(moved, 4)),
    );
    // E (d · v)² = |v|² / 4, with 128 directions within a few percent.
    expect(distance).toBeGreaterThan(0.85);
    expect(distance).toBeLessThan(1.15);
  });

  test("refuses sets of different counts", () => {
    const few = shadowsOf(samplesOf([1, 2], 1));
    expect(() =>
      slicedWasserstein(
        few,
        line((z) => z),
      ),
    ).toThrow(/sets of 2 and 2000 samples/);
  });
});

test(`${momentsOf.name} gives mean, covariance and total variance`, () => {
  const moments = momentsOf(samplesOf([1, 0, -1, 0, 0, 2, 0, -2], 2));
  expect([...moments.mean]).toEqual([0, 0]);
  expect([...moments.covariance]).toEqual([0.5, 0, 0, 2]);
  expect(trace(moments)).toBe(2.5);
  const about = momentsOf(samplesOf([1, 3], 1), Float64Array.of(0));
  expect([...about.covariance]).toEqual([5]);
});
