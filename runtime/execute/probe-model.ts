import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  TensorProto_DataType as Code,
} from "onnx-buf";

const channels = 32;
const size = 128;

/**
 * A model that tells whether a device computes, and how fast: 300 MFLOP of convolution over ones,
 * from a scalar `s` = 1 to the sum `y`, so that hardly anything crosses to or from the device.
 */
export function probeModel(): Uint8Array {
  const scalar = (name: string) => ({
    name,
    type: {
      value: { case: "tensorType" as const, value: { elemType: Code.FLOAT, shape: { dim: [] } } },
    },
  });
  const dims = (name: string, values: readonly number[]) => ({
    name,
    dataType: Code.INT64,
    dims: [BigInt(values.length)],
    int64Data: values.map(BigInt),
  });
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    opsetImport: [{ domain: "", version: 21n }],
    graph: {
      name: "probe",
      input: [scalar("s")],
      output: [scalar("y")],
      initializer: [
        dims("xShape", [1, channels, size, size]),
        dims("wShape", [channels, channels, 3, 3]),
      ],
      node: [
        { opType: "Expand", input: ["s", "xShape"], output: ["x"] },
        { opType: "Expand", input: ["s", "wShape"], output: ["w"] },
        {
          opType: "Conv",
          input: ["x", "w"],
          output: ["c"],
          attribute: [{ name: "pads", type: Kind.INTS, ints: [1n, 1n, 1n, 1n] }],
        },
        {
          opType: "ReduceSum",
          input: ["c"],
          output: ["y"],
          attribute: [{ name: "keepdims", type: Kind.INT, i: 0n }],
        },
      ],
    },
  });
  return toBinary(ModelProtoSchema, model);
}

/** The right answer: every output sees 9 ones a channel, fewer at the border. */
export const probeAnswer = channels ** 2 * (3 * size - 2) ** 2;
