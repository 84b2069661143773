import { create, toBinary } from "@bufbuild/protobuf";
import {
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProtoSchema,
  type GraphProto,
  type ModelProto,
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

/** Bytes of a length below 2^35, which is as long as protobuf lets a length be. */
const widest = 5;

/** Protobuf messages end here. */
const mostBytes = 2 ** 31 - 1;

/**
 * The file of a model whose graph and weights are handed in apart, so that each weight is copied
 * exactly once, into the result.
 *
 * @throws IssueError `model.too-large` above 2 GiB.
 */
export function joinModel(
  model: ModelProto,
  graph: GraphProto,
  weights: readonly Initialiser[],
): Uint8Array {
  const graphHead = toBinary(GraphProtoSchema, graph);
  const modelHead = toBinary(ModelProtoSchema, model);
  const pieces: Uint8Array[] = [];
  // The graph's length takes at most 5 bytes; it is written with all 5, so that places do not depend on it.
  let at = modelHead.length + 1 + widest + graphHead.length;
  for (const weight of weights) {
    const encoded = encodeWeight(weight, at);
    for (const piece of encoded) at += piece.length;
    pieces.push(...encoded);
  }
  const graphLength = at - modelHead.length - 1 - widest;
  return concatenate(
    [modelHead, prefix(graphOfModel, graphLength, widest), graphHead, ...pieces],
    at,
  );
}

/** The pieces of a weight that begins at `at`; its elements begin at a multiple of 8, so that readers can view them. */
function encodeWeight({ name, tensor }: Initialiser, at: number): readonly Uint8Array[] {
  const raw = bytesOf(tensor);
  const fields = { dims: tensor.shape.map(BigInt), dataType: dtypeCodes[tensor.dtype], name };
  const head = (docString?: string) =>
    toBinary(
      TensorProtoSchema,
      create(TensorProtoSchema, docString === undefined ? fields : { ...fields, docString }),
    );
  const rawPrefix = prefix(rawDataOfTensor, raw.length, widest);
  const before = (head: Uint8Array) => at + 1 + widest + head.length + rawPrefix.length;
  const plain = head();
  const missing = (8 - (before(plain) % 8)) % 8;
  // A text of n characters takes n + 2 bytes.
  const padded = missing === 0 ? plain : head(" ".repeat((missing + 6) % 8));
  return [
    prefix(initialiserOfGraph, padded.length + rawPrefix.length + raw.length, widest),
    padded,
    rawPrefix,
    raw,
  ];
}

/** A field's tag and the length of what follows, in `width` bytes: protobuf allows leading zero groups. */
function prefix(tag: number, length: number, width: number): Uint8Array {
  const bytes = [tag];
  let rest = length;
  for (let group = 1; group < width; group += 1) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

function concatenate(pieces: readonly Uint8Array[], total: number): Uint8Array {
  if (total > mostBytes)
    throw issueError(
      "model.too-large",
      `The model would take ${(total / 2 ** 30).toFixed(1)} GiB as one .onnx file.`,
      {},
      {
        expected: "at most 2 GiB",
        got: `${total} bytes`,
        fix: "Use a smaller model or half precision.",
      },
    );
  const file = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}
