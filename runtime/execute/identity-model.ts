import { create, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, TensorProto_DataType as Code } from "onnx-buf";
import type { DType } from "../tensor/tensor.ts";

const codes: Readonly<Record<DType, Code>> = {
  float32: Code.FLOAT,
  float64: Code.DOUBLE,
  float16: Code.FLOAT16,
  int64: Code.INT64,
  int32: Code.INT32,
  int8: Code.INT8,
  uint8: Code.UINT8,
  bool: Code.BOOL,
};

/** A model that copies `x` to `y`, for any shape: how a tensor crosses between host and device memory. */
export function identityModel(dtype: DType): Uint8Array {
  const info = (name: string) => ({
    name,
    type: { value: { case: "tensorType" as const, value: { elemType: codes[dtype] } } },
  });
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport: [{ domain: "", version: 21n }],
    graph: {
      name: "identity",
      input: [info("x")],
      output: [info("y")],
      node: [{ opType: "Identity", input: ["x"], output: ["y"] }],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
