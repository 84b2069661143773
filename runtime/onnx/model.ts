import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, type ModelProto } from "onnx-buf";
import { issueError } from "../base/issue.ts";

/** The bytes of one of a model's external data files, by the location that the model states. */
export type ReadExternal = (location: string) => Uint8Array;

/** A parsed .onnx file. Its weights are views of the file's bytes: keep those unchanged while it lives. */
export interface OnnxModel {
  readonly proto: ModelProto;
  readonly external: ReadExternal | null;
}

/**
 * Parses an .onnx file; weights are not copied.
 *
 * @throws IssueError `model.unreadable` when the bytes are no ONNX model.
 */
export function readModel(
  bytes: Uint8Array,
  options: { readonly external?: ReadExternal } = {},
): OnnxModel {
  const proto = parse(bytes);
  if (proto.graph === undefined || (proto.irVersion === 0n && proto.opsetImport.length === 0))
    throw unreadable("it holds no graph");
  return { proto, external: options.external ?? null };
}

function parse(bytes: Uint8Array): ModelProto {
  // A plain view, because the subarrays of a Buffer would be Buffers.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return fromBinary(ModelProtoSchema, plain);
  } catch (cause) {
    throw unreadable("its bytes are damaged, cut short or too deeply nested", cause);
  }
}

function unreadable(why: string, cause?: unknown): Error {
  const error = issueError("model.unreadable", `This file is not a readable ONNX model: ${why}.`, {}, {
    fix: "Check that the whole file was downloaded, or export the model again.",
  });
  error.cause = cause;
  return error;
}
