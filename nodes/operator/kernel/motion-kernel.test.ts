import { describe, expect, test } from "vitest";
import { motionKernel, type Motion } from "./motion-kernel.ts";

const cases: readonly Motion[] = [
  { size: 61, intensity: 0.5, seed: 1 },
  { size: 31, intensity: 1, seed: 2 },
  { size: 16, intensity: 0, seed: 3 },
];

/** Centre of mass, and the variance across the direction of the largest. */
function moments({ size, intensity, seed }: Motion) {
  const { data } = motionKernel({ size, intensity, seed });
  const sum = (f: (i: number, j: number) => number) =>
    data.reduce((all, v, at) => all + v * f(Math.floor(at / size), at % size), 0);
  const [row, column] = [sum((i) => i), sum((_, j) => j)];
  const [a, b, c] = [
    sum((i) => (i - row) ** 2),
    sum((i, j) => (i - row) * (j - column)),
    sum((_, j) => (j - column) ** 2),
  ];
  return { row, column, across: (a + c) / 2 - Math.hypot((a - c) / 2, b), along: (a + c) / 2 };
}

describe(motionKernel, () => {
  test.each(cases)("%j: weights of sum 1 about the middle, the same every time", (motion) => {
    const { data } = motionKernel(motion);
    expect(data.every((v) => v >= 0)).toBe(true);
    expect(data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    const { row, column } = moments(motion);
    expect(row).toBeCloseTo((motion.size - 1) / 2, 6);
    expect(column).toBeCloseTo((motion.size - 1) / 2, 6);
    expect(motionKernel(motion).data).toEqual(data);
    expect(motionKernel({ ...motion, seed: 9 }).data).not.toEqual(data);
  });

  test("intensity 0 is a straight line, as wide as its drawing; more bends it", () => {
    const straight = [1, 2, 3, 4].map((seed) => moments({ size: 61, intensity: 0, seed }));
    const bent = [1, 2, 3, 4].map((seed) => moments({ size: 61, intensity: 0.8, seed }));
    for (const { across, along } of straight) {
      expect(across).toBeLessThan(0.3);
      expect(along).toBeGreaterThan(50);
    }
    for (const { across } of bent) expect(across).toBeGreaterThan(3);
  });
});
