/** Typed arrays by the name that their `Symbol.toStringTag` has, for subclasses too. */
export const arrayTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

export type ArrayName = keyof typeof arrayTypes;
export type TypedArray = InstanceType<(typeof arrayTypes)[ArrayName]>;

export function isArrayName(name: unknown): name is ArrayName {
  return typeof name === "string" && Object.hasOwn(arrayTypes, name);
}

export function isTypedArray(value: object): value is TypedArray {
  return (
    ArrayBuffer.isView(value) &&
    Symbol.toStringTag in value &&
    isArrayName(value[Symbol.toStringTag])
  );
}
