import { z } from "zod";
import type { Result } from "../execute/events.ts";
import { sizeOf, type DType, type TensorData } from "../tensor/tensor.ts";

const arrays: Readonly<Record<DType, { new (): object }>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/** A tensor as structured clone carries it: its elements in a typed array. */
export const tensorMessage = z.custom<TensorData>(
  isTensor,
  "Expected a tensor: dtype, shape, and a typed array that fills it",
);

function isTensor(value: unknown): value is TensorData {
  if (typeof value !== "object" || value === null) return false;
  const { dtype, shape, data } = value as Readonly<Record<string, unknown>>;
  if (typeof dtype !== "string" || !Object.hasOwn(arrays, dtype)) return false;
  if (!Array.isArray(shape) || !shape.every((d) => Number.isSafeInteger(d) && d >= 0)) return false;
  const type = arrays[dtype as DType];
  return data instanceof type && "length" in data && data.length === sizeOf(shape);
}

/** NaN and infinities are answers too. */
const anyNumber = z.custom<number>((value) => typeof value === "number", "Expected a number");

/** What an output or a collected value is. */
export const resultMessage: z.ZodType<Result> = z.lazy(() =>
  z.union([anyNumber, tensorMessage, z.array(resultMessage), z.record(z.string(), anyNumber)]),
);
