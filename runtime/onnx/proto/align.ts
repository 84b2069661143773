import type { TensorProto } from "onnx-buf";

/** Bytes before raw data that belong to its own field: the tag, and the length in 7-bit groups. */
function prefixLength(length: number): number {
  return 1 + Math.max(1, Math.ceil(Math.log2(length + 1) / 7));
}

/**
 * The raw bytes of a tensor, starting at a multiple of `width`. Bytes that start elsewhere are copied,
 * or, in a buffer that is ours, moved back over their own field's prefix, which nothing reads again.
 * The result takes the place of `rawData`, so that this happens once.
 */
export function alignedRawData(proto: TensorProto, width: number, owned: boolean): Uint8Array {
  const { rawData } = proto;
  const over = rawData.byteOffset % width;
  if (over === 0) return rawData;
  proto.rawData =
    owned && over <= prefixLength(rawData.length) ? movedBack(rawData, over) : rawData.slice();
  return proto.rawData;
}

function movedBack(bytes: Uint8Array<ArrayBuffer>, by: number): Uint8Array<ArrayBuffer> {
  const start = bytes.byteOffset - by;
  new Uint8Array(bytes.buffer).copyWithin(start, bytes.byteOffset, bytes.byteOffset + bytes.length);
  return new Uint8Array(bytes.buffer, start, bytes.length);
}
