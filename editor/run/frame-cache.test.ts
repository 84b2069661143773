import { expect, test } from "vitest";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { createFrameCache } from "./frame-cache.ts";

const frame = (length: number): TensorData => ({
  dtype: "float32",
  shape: [length],
  data: new Float32Array(length),
});
/** Of 4 bytes a value. */
const limit = 40;

test("what was not looked at for longest makes room", () => {
  const cache = createFrameCache(limit);
  for (const k of [0, 1]) cache.keep(1, "x", [k], frame(5));
  expect(cache.find(1, "x", [0])).not.toBeNull();
  cache.keep(1, "x", [2], frame(5));
  expect([0, 1, 2].map((k) => cache.find(1, "x", [k]) !== null)).toEqual([true, false, true]);
});

test("a frame that is kept again takes no more room than once", () => {
  const cache = createFrameCache(limit);
  cache.keep(1, "x", [0], frame(5));
  for (let i = 0; i < 9; i += 1) cache.keep(1, "x", [1], frame(5));
  expect(cache.find(1, "x", [0])).not.toBeNull();
});

test("nothing is left of what was let go", () => {
  const cache = createFrameCache(limit);
  cache.keep(1, "x", [0], frame(10));
  cache.clear();
  expect(cache.find(1, "x", [0])).toBeNull();
  for (const k of [1, 2]) cache.keep(2, "x", [k], frame(5));
  expect([1, 2].every((k) => cache.find(2, "x", [k]) !== null)).toBe(true);
});
