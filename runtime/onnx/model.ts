import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, type ModelProto } from "onnx-buf";
import { issueError } from "../base/issue.ts";

/** The bytes of one of a model's external data files, by the location that the model states. */
export type ReadExternal = (location: string) => Uint8Array;

/**
 * A parsed .onnx file. Its weights are views of the file's bytes: keep those unchanged while it lives.
 * Weights that do not lie at a multiple of their element size are copied once, when first imported.
 */
export interface OnnxModel {
  readonly proto: ModelProto;
  readonly external: ReadExternal | null;
  /** Whether the file's bytes may be rearranged. */
  readonly owned: boolean;
}

/** Where a model's weights come from. */
export type WeightSource = Pick<OnnxModel, "external" | "owned">;

export interface ReadOptions {
  readonly external?: ReadExternal;
  /**
   * The caller gives the bytes away: weights that start at an odd place are moved by a few bytes
   * instead of copied when the model is imported, and the bytes are no valid file after that.
   */
  readonly owned?: boolean;
}

/**
 * Parses an .onnx file; weights are not copied.
 *
 * @throws IssueError `model.unreadable` when the bytes are no ONNX model.
 */
export function readModel(bytes: Uint8Array, options: ReadOptions = {}): OnnxModel {
  const proto = parse(bytes);
  if (proto.graph === undefined || (proto.irVersion === 0n && proto.opsetImport.length === 0))
    throw unreadable("it holds no graph");
  return { proto, external: options.external ?? null, owned: options.owned ?? false };
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
  const error = issueError(
    "model.unreadable",
    `This file is not a readable ONNX model: ${why}.`,
    {},
    {
      fix: "Check that the whole file was downloaded, or export the model again.",
    },
  );
  error.cause = cause;
  return error;
}
