import { TensorProto_DataType as Code } from "onnx-buf";
import type { DType } from "../../tensor/tensor.ts";

/** ONNX element type codes of the element types a program may hold. */
export const dtypeCodes: Readonly<Record<DType, number>> = {
  float32: Code.FLOAT,
  float64: Code.DOUBLE,
  float16: Code.FLOAT16,
  int64: Code.INT64,
  int32: Code.INT32,
  int8: Code.INT8,
  uint8: Code.UINT8,
  bool: Code.BOOL,
};

const dtypes: ReadonlyMap<number, DType> = new Map([
  [Code.FLOAT, "float32"],
  [Code.DOUBLE, "float64"],
  [Code.FLOAT16, "float16"],
  [Code.INT64, "int64"],
  [Code.INT32, "int32"],
  [Code.INT8, "int8"],
  [Code.UINT8, "uint8"],
  [Code.BOOL, "bool"],
]);

/** The element type of an ONNX code, or null for one that no program may hold. */
export function dtypeOfCode(code: number): DType | null {
  return dtypes.get(code) ?? null;
}

/** How ONNX names an element type, for sentences: `bfloat16`. */
export function nameOfCode(code: number): string {
  return Code[code]?.toLowerCase() ?? `element type ${code}`;
}
