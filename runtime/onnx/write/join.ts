import { create, toBinary } from "@bufbuild/protobuf";
import {
  GraphProtoSchema, ModelProtoSchema, TensorProtoSchema, type GraphProto, type ModelProto,
} from "onnx-buf";
import { issueError } from "../../base/issue.ts";
import { dtypeCodes } from "../proto/dtype-codes.ts";
import { bytesOf } from "../proto/view-elements.ts";
import type { Initialiser } from "./initialisers.ts";

/** Tags of length-delimited fields: number and wire type of onnx.proto. */
const tagOf = (field: number) => (field << 3) | 2;
const graphOfModel = tagOf(7);
const initialiserOfGraph = tagOf(5);
const rawDataOfTensor = tagOf(9);

/** Protobuf messages end here. */
const mostBytes = 2 ** 31 - 1;

/**
 * The file of a model whose graph and weights are handed in apart, so that each weight is copied
 * exactly once, into the result.
 *
 * @throws IssueError `model.too-large` above 2 GiB.
 */
export function joinModel(model: ModelProto, graph: GraphProto, weights: readonly Initialiser[]): Uint8Array {
  const graphHead = toBinary(GraphProtoSchema, graph);
  const tensors = weights.map(encodeWeight);
  const graphLength = tensors.reduce((sum, { total }) => sum + total, graphHead.length);
  const pieces = [
    toBinary(ModelProtoSchema, model), prefix(graphOfModel, graphLength), graphHead,
    ...tensors.flatMap(({ pieces }) => pieces),
  ];
  return concatenate(pieces);
}

function encodeWeight({ name, tensor }: Initialiser): { readonly pieces: readonly Uint8Array[]; readonly total: number } {
  const dims = tensor.shape.map(BigInt);
  const head = toBinary(TensorProtoSchema, create(TensorProtoSchema, { dims, dataType: dtypeCodes[tensor.dtype], name }));
  const raw = bytesOf(tensor);
  const rawPrefix = prefix(rawDataOfTensor, raw.length);
  const length = head.length + rawPrefix.length + raw.length;
  const pieces = [prefix(initialiserOfGraph, length), head, rawPrefix, raw];
  return { pieces, total: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** A field's tag and the length of what follows. */
function prefix(tag: number, length: number): Uint8Array {
  const bytes = [tag];
  let rest = length;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  if (total > mostBytes)
    throw issueError("model.too-large", `The model would take ${(total / 2 ** 30).toFixed(1)} GiB as one .onnx file.`, {}, {
      expected: "at most 2 GiB", got: `${total} bytes`, fix: "Use a smaller model or half precision.",
    });
  const file = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}
