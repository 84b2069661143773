/** Element types a program may hold. `bool` is stored one byte an element, float16 as raw bits. */
export type DType =
  | "float32"
  | "float64"
  | "float16"
  | "int64"
  | "int32"
  | "int8"
  | "uint8"
  | "bool";

export type Shape = readonly number[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface ElementArrays {
  float32: Float32Array;
  float64: Float64Array;
  float16: Uint16Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

/** A tensor in host memory, C order. */
export type TensorData = {
  readonly [D in DType]: {
    readonly dtype: D;
    readonly shape: Shape;
    readonly data: ElementArrays[D];
  };
}[DType];

/** Number of elements; 1 for a rank-0 shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, d) => size * d, 1);
}

export const bytesPerElement: Readonly<Record<DType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
  bool: 1,
};

export function formatShape(shape: Shape): string {
  return `[${shape.join(",")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((d, i) => d === b[i]);
}

/**
 * The shape of an elementwise result, by NumPy's rule.
 *
 * @throws RangeError naming both shapes, the axis and the cure.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const axis = i - rank;
    const da = a[a.length + axis] ?? 1;
    const db = b[b.length + axis] ?? 1;
    if (da !== db && da !== 1 && db !== 1)
      throw new RangeError(
        `broadcastShapes: ${formatShape(a)} and ${formatShape(b)} differ on axis ${axis} (${da} vs ${db}); one of them must be 1`,
      );
    return da === 1 ? db : da;
  });
}

/** A float32 tensor over `values`; the array is used, not copied, when it is a Float32Array. */
export function float32(values: ArrayLike<number>, shape: Shape): TensorData {
  const data = values instanceof Float32Array ? values : Float32Array.from(values);
  if (data.length !== sizeOf(shape))
    throw new RangeError(`float32: ${data.length} values do not fill shape ${formatShape(shape)}`);
  return { dtype: "float32", shape, data };
}

/** An int64 tensor of integers. */
export function int64(values: readonly number[], shape: Shape = [values.length]): TensorData {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}

/** A rank-0 float32 tensor. */
export function scalarTensor(value: number): TensorData {
  return float32([value], []);
}
