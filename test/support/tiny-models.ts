import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  TensorProto_DataType as Code,
} from "onnx-buf";

const codes = { float32: Code.FLOAT, int64: Code.INT64, bool: Code.BOOL, float16: Code.FLOAT16 };
type Type = readonly [name: string, dtype: keyof typeof codes, dims: readonly number[]];
type Ints = Readonly<Record<string, number | readonly number[]>>;
type Node = readonly [
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes?: Ints,
];

/** A small ONNX model, opset 21, by hand: for tests of what runs models, not of what writes them. */
export function tinyModel(model: {
  readonly inputs: readonly Type[];
  readonly outputs: readonly Type[];
  readonly nodes: readonly Node[];
}): Uint8Array {
  const proto = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport: [{ domain: "", version: 21n }],
    graph: {
      name: "tiny",
      input: model.inputs.map(info),
      output: model.outputs.map(info),
      node: model.nodes.map(([opType, input, output, ints = {}]) => ({
        opType,
        input: [...input],
        output: [...output],
        attribute: Object.entries(ints).map(([name, value]) =>
          typeof value === "number"
            ? { name, type: Kind.INT, i: BigInt(value) }
            : { name, type: Kind.INTS, ints: value.map(BigInt) },
        ),
      })),
    },
  });
  return toBinary(ModelProtoSchema, proto);
}

function info([name, dtype, dims]: Type) {
  const dim = dims.map((d) => ({ value: { case: "dimValue" as const, value: BigInt(d) } }));
  const value = { elemType: codes[dtype], shape: { dim } };
  return { name, type: { value: { case: "tensorType" as const, value } } };
}
