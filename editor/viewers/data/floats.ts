import type { TensorData } from "../../../runtime/tensor/tensor.ts";

/** The values of a tensor as float32: the very array of a float32 tensor, a copy of any other. */
export function floatsOf(tensor: TensorData): Float32Array {
  switch (tensor.dtype) {
    case "float32":
      return tensor.data;
    case "float16":
      return Float32Array.from(tensor.data, fromHalf);
    case "int64":
      return Float32Array.from(tensor.data, Number);
    default:
      return Float32Array.from(tensor.data);
  }
}

/** The value of the raw bits of a float16 (IEEE 754 binary16). */
function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
