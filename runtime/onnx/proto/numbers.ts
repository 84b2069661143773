import type { DType, Shape, TensorData } from "../../tensor/tensor.ts";
import { fromFloat16, toFloat16 } from "./float16.ts";

/** The elements as numbers, or null where an integer is too large to be one exactly. */
export function numbersOf(tensor: TensorData): readonly number[] | null {
  if (tensor.dtype === "float16") return Array.from(tensor.data, fromFloat16);
  if (tensor.dtype !== "int64") return Array.from(tensor.data);
  const numbers = Array.from(tensor.data, Number);
  return numbers.every((n) => Number.isSafeInteger(n) || isEnd(n)) ? numbers : null;
}

// 2^63 stands for INT64_MAX and -2^63 for INT64_MIN: "as far as it goes" in Slice.
const isEnd = (n: number) => n === 2 ** 63 || n === -(2 ** 63);

type From = (shape: Shape, values: readonly number[]) => TensorData;

const from: Readonly<Record<DType, From>> = {
  float32: (shape, v) => ({ dtype: "float32", shape, data: Float32Array.from(v) }),
  float64: (shape, v) => ({ dtype: "float64", shape, data: Float64Array.from(v) }),
  float16: (shape, v) => ({ dtype: "float16", shape, data: Uint16Array.from(v, toFloat16) }),
  int64: (shape, v) => ({ dtype: "int64", shape, data: BigInt64Array.from(v, toInt64) }),
  int32: (shape, v) => ({ dtype: "int32", shape, data: Int32Array.from(v) }),
  int8: (shape, v) => ({ dtype: "int8", shape, data: Int8Array.from(v) }),
  uint8: (shape, v) => ({ dtype: "uint8", shape, data: Uint8Array.from(v) }),
  bool: (shape, v) => ({
    dtype: "bool",
    shape,
    data: Uint8Array.from(v, (n) => (n === 0 ? 0 : 1)),
  }),
};

/** A tensor of `values`, rounded to its element type; int64 saturates, smaller integers wrap. */
export function tensorOf(dtype: DType, shape: Shape, values: readonly number[]): TensorData {
  return from[dtype](shape, values);
}

function toInt64(n: number): bigint {
  if (n >= 2 ** 63) return 2n ** 63n - 1n;
  return n <= -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(n));
}
