import { create } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as Type,
  AttributeProtoSchema,
  type AttributeProto,
} from "onnx-buf";
import type { AttributeValue } from "../../rules/rule.ts";

const encoder = new TextEncoder();

/** An attribute as the file holds it: text, int, ints, or a float that is marked as one. */
export function attributeProto(
  name: string,
  value: AttributeValue | { readonly float: number },
): AttributeProto {
  if (typeof value === "string")
    return create(AttributeProtoSchema, { name, type: Type.STRING, s: encoder.encode(value) });
  if (typeof value === "number")
    return create(AttributeProtoSchema, { name, type: Type.INT, i: BigInt(value) });
  if ("float" in value)
    return create(AttributeProtoSchema, { name, type: Type.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: Type.INTS, ints: value.map(BigInt) });
}
