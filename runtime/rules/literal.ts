import { sizeOf, type DType, type Shape, type TensorData } from "../tensor/tensor.ts";

/** A tensor of `values` in the element type `dtype`; floats are rounded to it. */
export function literal(dtype: DType, values: readonly number[], shape: Shape): TensorData {
  if (values.length !== sizeOf(shape))
    throw new RangeError(`literal: ${values.length} values do not fill shape [${shape.join(",")}]`);
  switch (dtype) {
    case "float32":
      return { dtype, shape, data: Float32Array.from(values) };
    case "float64":
      return { dtype, shape, data: Float64Array.from(values) };
    case "float16":
      return { dtype, shape, data: Uint16Array.from(values, halfBits) };
    case "int64":
      return { dtype, shape, data: BigInt64Array.from(values, BigInt) };
    case "int32":
      return { dtype, shape, data: Int32Array.from(values) };
    case "int8":
      return { dtype, shape, data: Int8Array.from(values) };
    case "uint8":
      return { dtype, shape, data: Uint8Array.from(values) };
    case "bool":
      return { dtype, shape, data: Uint8Array.from(values) };
  }
}

/** The bits of the IEEE half nearest to `value` (ties to even; past 65504 infinity). */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundEven(size / 2 ** (exponent - 10));
  // A mantissa that rounds up to 2048 carries into the exponent by plain addition.
  return sign | (size < 2 ** -14 ? steps : ((exponent + 15) << 10) + steps - 1024);
}

function roundEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}
