import { expect, test } from "vitest";
import { biasOf, momentsOf } from "./moments.ts";

const cloud = (...values: readonly number[]) => ({
  values: Float32Array.from(values),
  count: values.length / 2,
  dims: 2,
});

test("a shifted cloud of half the width is off by the shift, and half as widely spread", () => {
  const truth = cloud(-1, 0, 1, 0, 0, -1, 0, 1);
  const other = cloud(2.5, 0, 3.5, 0, 3, -0.5, 3, 0.5);
  expect(biasOf(other, truth)).toEqual({ off: 3, spread: 0.5 });
});

test("a cloud with what is no number has no moments", () => {
  expect(momentsOf(cloud(0, NaN))).toBeNull();
  expect(biasOf(cloud(0, 1), cloud(0, NaN))).toBeNull();
});
