import {
  bytesPerElement,
  sizeOf,
  type DType,
  type Shape,
  type TensorData,
} from "../../tensor/tensor.ts";

type Over = (buffer: ArrayBufferLike, offset: number, length: number, shape: Shape) => TensorData;

const over: Readonly<Record<DType, Over>> = {
  float32: (b, o, n, shape) => ({ dtype: "float32", shape, data: new Float32Array(b, o, n) }),
  float64: (b, o, n, shape) => ({ dtype: "float64", shape, data: new Float64Array(b, o, n) }),
  float16: (b, o, n, shape) => ({ dtype: "float16", shape, data: new Uint16Array(b, o, n) }),
  int64: (b, o, n, shape) => ({ dtype: "int64", shape, data: new BigInt64Array(b, o, n) }),
  int32: (b, o, n, shape) => ({ dtype: "int32", shape, data: new Int32Array(b, o, n) }),
  int8: (b, o, n, shape) => ({ dtype: "int8", shape, data: new Int8Array(b, o, n) }),
  uint8: (b, o, n, shape) => ({ dtype: "uint8", shape, data: new Uint8Array(b, o, n) }),
  bool: (b, o, n, shape) => ({ dtype: "bool", shape, data: new Uint8Array(b, o, n) }),
};

/**
 * A tensor over little-endian bytes: a view of `bytes`, or of one aligned copy where their offset
 * does not suit the element type. `bytes` must hold exactly the elements of `shape`.
 */
export function viewElements(dtype: DType, shape: Shape, bytes: Uint8Array): TensorData {
  const aligned = bytes.byteOffset % bytesPerElement[dtype] === 0 ? bytes : copyOf(bytes);
  return over[dtype](aligned.buffer, aligned.byteOffset, sizeOf(shape), shape);
}

/** The same elements under another shape of as many elements; nothing is copied. */
export function withShape(tensor: TensorData, shape: Shape): TensorData {
  return { ...tensor, shape };
}

/** The bytes of a tensor's elements, as they stand in an ONNX file; a view. */
export function bytesOf({ data }: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

// Not bytes.slice(): a Buffer's slice is a view.
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}
