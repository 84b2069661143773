import { describe, expect, test } from "vitest";
import { mixturePresets } from "../../nodes/prior/mixture-presets.ts";
import { componentsOf, densityOf, paramsOf } from "./mixture.ts";

describe(componentsOf, () => {
  test.each(mixturePresets)("%s becomes a list that names the same components", (preset) => {
    const components = componentsOf({ preset });
    const again = componentsOf(paramsOf(components ?? []));
    expect(again).toHaveLength(components?.length ?? 0);
    again?.forEach(({ mean, std, weight }, i) => {
      const before = components?.[i];
      expect(mean[0]).toBeCloseTo(before?.mean[0] ?? NaN, 3);
      expect(mean[1]).toBeCloseTo(before?.mean[1] ?? NaN, 3);
      expect([std, weight]).toEqual([before?.std, before?.weight]);
    });
  });

  test.each([
    ["no mixture", {}],
    ["another space", { means: [[0, 0, 0]], std: 1 }],
    [
      "other shapes of Gaussians",
      {
        means: [[0, 0]],
        covariances: [
          [
            [1, 0],
            [0, 1],
          ],
        ],
      },
    ],
    [
      "lists of different lengths",
      {
        means: [
          [0, 0],
          [1, 1],
        ],
        std: [1, 2, 3],
      },
    ],
    ["a file", { means: { file: "m.npy" }, std: 1 }],
  ])("%s is none", (_, params) => {
    expect(componentsOf(params)).toBeNull();
  });
});

test("one number stands for all where all are alike, and only there", () => {
  const at = (x: number, std: number, weight: number) => ({ mean: [x, 0] as const, std, weight });
  expect(paramsOf([at(0, 0.1, 2), at(1, 0.1, 2)])).toEqual({
    means: [
      [0, 0],
      [1, 0],
    ],
    std: 0.1,
  });
  expect(paramsOf([at(0, 0.1, 1), at(1, 0.2, 3)])).toMatchObject({
    std: [0.1, 0.2],
    weights: [1, 3],
  });
});

test("a density sums to one over the plane", () => {
  const density = densityOf([
    { mean: [0.2, -0.1], std: 0.1, weight: 1 },
    { mean: [-0.4, 0.3], std: 0.2, weight: 3 },
  ]);
  const step = 0.02;
  let sum = 0;
  for (let x = -2; x < 2; x += step) for (let y = -2; y < 2; y += step) sum += density(x, y);
  expect(sum * step * step).toBeCloseTo(1, 3);
});
