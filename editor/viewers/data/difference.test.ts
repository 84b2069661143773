import { expect, test } from "vitest";
import { float32 } from "../../../runtime/tensor/tensor.ts";
import { differenceOf } from "./difference.ts";

test("is taken value by value", () => {
  const difference = differenceOf(float32([1, 2, 3, 4], [2, 2]), float32([1, 1, 5, 1], [2, 2]));
  expect(difference).toMatchObject({ shape: [2, 2] });
  expect([...(difference?.data ?? [])]).toEqual([0, 1, -2, 3]);
});

test("one sample stands for each of the other's, on either side", () => {
  const [one, two] = [float32([1, 2], [1, 2]), float32([1, 2, 5, 5], [2, 2])];
  expect([...(differenceOf(two, one)?.data ?? [])]).toEqual([0, 0, 4, 3]);
  expect([...(differenceOf(one, two)?.data ?? [])]).toEqual([0, 0, -4, -3]);
});

test.each([
  ["another size", [2, 3]],
  ["another number of samples", [3, 2]],
  ["another rank", [2, 2, 1]],
])("there is none of %s", (_, shape) => {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  expect(differenceOf(float32([1, 2, 3, 4], [2, 2]), float32(values, shape))).toBeNull();
});
