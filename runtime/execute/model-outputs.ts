import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** Field numbers of onnx.proto, and ONNX's code of each element type that can lie in a WebGPU buffer. */
const field = { modelGraph: 7, graphOutput: 12, name: 1, type: 2, tensorType: 1, elemType: 1 };
const webgpuTypes: ReadonlySet<number> = new Set([1, 2, 6, 7, 9, 10]); // float32, uint8, int32, int64, bool, float16

/** A model's outputs, in order: the name, and whether its element type can lie in a WebGPU buffer. */
export interface ModelOutput {
  readonly name: string;
  readonly fitsWebgpu: boolean;
}

/**
 * Reads the outputs from a model's bytes without decoding the rest.
 *
 * @throws Error when the bytes are no model.
 */
export function modelOutputs(model: Uint8Array): readonly ModelOutput[] {
  return submessages(model, field.modelGraph)
    .flatMap((graph) => submessages(graph, field.graphOutput))
    .map(readOutput);
}

function readOutput(info: Uint8Array): ModelOutput {
  const [name] = submessages(info, field.name);
  const [type] = submessages(info, field.type);
  const [tensor] = type === undefined ? [] : submessages(type, field.tensorType);
  const code = tensor === undefined ? 0 : readInteger(tensor, field.elemType);
  return { name: new TextDecoder().decode(name), fitsWebgpu: webgpuTypes.has(code) };
}

/** The bytes of every length-delimited field `wanted`, as views. */
function submessages(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const reader = new BinaryReader(bytes);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === wanted && wire === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(wire, number);
  }
  return found;
}

function readInteger(bytes: Uint8Array, wanted: number): number {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === wanted && wire === WireType.Varint) return reader.int32();
    reader.skip(wire, number);
  }
  return 0;
}
