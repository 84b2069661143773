import { create } from "@bufbuild/protobuf";
import { ValueInfoProtoSchema, type ValueInfoProto } from "onnx-buf";
import type { TensorType } from "../../tensor/tensor.ts";
import { dtypeCodes } from "../proto/dtype-codes.ts";

/** The declaration of a graph's input or output, static shape. */
export function tensorInfo(name: string, { dtype, shape }: TensorType): ValueInfoProto {
  const dim = shape.map((d) => ({ value: { case: "dimValue" as const, value: BigInt(d) } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: dtypeCodes[dtype], shape: { dim } } } },
  });
}
