import { describe, expect, test } from "vitest";
import { float32 } from "../tensor/tensor.ts";
import {
  byteLengthOf,
  bytesInOrder,
  sliced,
  strided,
  transposed,
  type Strided,
} from "./strided.ts";

const matrix = strided(float32(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]));
const numbers = (x: Strided) => {
  const bytes = bytesInOrder(x, new ArrayBuffer(byteLengthOf(x)));
  return [...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)];
};
const turned = sliced(matrix, { starts: [1, 2], ends: [-1, -1], steps: [-1, -1] }, [2, 3]);

test("a tensor as it is is not copied", () => {
  const bytes = bytesInOrder(matrix, new ArrayBuffer(0));
  expect(bytes.buffer).toBe(matrix.tensor.data.buffer);
  expect(numbers(matrix)).toEqual([1, 2, 3, 4, 5, 6]);
});

describe(sliced, () => {
  test("reads axes backwards", () => {
    expect(numbers(turned)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test("takes every second element of a part", () => {
    const part = sliced(matrix, { starts: [1, 0], ends: [2, 3], steps: [1, 2] }, [1, 2]);
    expect(numbers(part)).toEqual([4, 6]);
  });

  test("takes a part that lies in one piece without copying it", () => {
    const row = sliced(matrix, { starts: [1, 0], ends: [2, 3], steps: [1, 1] }, [1, 3]);
    expect(numbers(row)).toEqual([4, 5, 6]);
    expect(bytesInOrder(row, new ArrayBuffer(0)).buffer).toBe(matrix.tensor.data.buffer);
  });
});

describe(transposed, () => {
  test("swaps axes, also of what was turned", () => {
    expect(numbers(transposed(matrix, { perm: [1, 0] }))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(numbers(transposed(turned, { perm: [1, 0] }))).toEqual([6, 3, 5, 2, 4, 1]);
  });

  test("moves elements of any width", () => {
    const data = BigInt64Array.of(1n, 2n, 3n, 4n);
    const x = transposed(strided({ dtype: "int64", shape: [2, 2], data }), { perm: [1, 0] });
    expect([...new BigInt64Array(bytesInOrder(x, new ArrayBuffer(32)).buffer)]).toEqual([
      1n,
      3n,
      2n,
      4n,
    ]);
  });
});
