import { issueError, type IssueError } from "../base/issue.ts";
import { arrayTypes, isArrayName, type ArrayName, type TypedArray } from "./typed-arrays.ts";
import { fromJson, toJson } from "./json-values.ts";

/** What a frame may hold; whoever reads frames of strangers sets all of them. */
export interface FrameLimits {
  readonly frameBytes: number;
  /** The JSON, as UTF-8. */
  readonly headerBytes: number;
  /** How many typed arrays. */
  readonly arrays: number;
  readonly arrayBytes: number;
}

export const defaultLimits: FrameLimits = {
  frameBytes: 768 * 2 ** 20,
  headerBytes: 32 * 2 ** 20,
  arrays: 2 ** 14,
  arrayBytes: 512 * 2 ** 20,
};

// A frame, little endian: magic, length of the header, header, then the arrays, each at a multiple
// of 8. The header is JSON: [value, [[array type, elements], …]].
const magic = 0x31_66_6e_64;
const prefixBytes = 8;
const align = (offset: number): number => Math.ceil(offset / 8) * 8;

/**
 * A message as one binary frame: plain objects, arrays, Maps, typed arrays, strings, bigints and any
 * number. An array that the message holds twice is sent once.
 *
 * @throws TypeError naming the place of what no frame can carry: a function, a class's instance.
 */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: TypedArray[] = [];
  const value = toJson(message, arrays);
  const table = arrays.map((array) => [array[Symbol.toStringTag], array.length]);
  const header = new TextEncoder().encode(JSON.stringify([value, table]));
  const starts: number[] = [];
  let end = align(prefixBytes + header.length);
  for (const { byteLength } of arrays) {
    starts.push(end);
    end = align(end + byteLength);
  }
  const frame = new Uint8Array(end);
  const prefix = new DataView(frame.buffer);
  prefix.setUint32(0, magic, true);
  prefix.setUint32(4, header.length, true);
  frame.set(header, prefixBytes);
  arrays.forEach(({ buffer, byteOffset, byteLength }, i) =>
    frame.set(new Uint8Array(buffer, byteOffset, byteLength), starts[i]),
  );
  return frame;
}

/**
 * The message of a frame. Its typed arrays are views of the frame, which must not change any more;
 * a frame that does not start at a multiple of 8 in its buffer is copied once.
 *
 * @throws IssueError `protocol.frame` for whatever is no frame, and for one over the limits: sizes
 *   are compared before anything of that size is made.
 */
export function decodeFrame(
  bytes: Uint8Array<ArrayBuffer>,
  limits: FrameLimits = defaultLimits,
): unknown {
  atMost("it", bytes.length, limits.frameBytes);
  const frame = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (frame.length < prefixBytes) throw invalid("it is cut off");
  const prefix = new DataView(frame.buffer, frame.byteOffset, prefixBytes);
  if (prefix.getUint32(0, true) !== magic) throw invalid("it does not begin as frames do");
  const headerBytes = prefix.getUint32(4, true);
  atMost("its header", headerBytes, limits.headerBytes);
  const headerEnd = prefixBytes + headerBytes;
  if (headerEnd > frame.length) throw invalid("its header is cut off");
  const [value, table] = parseHeader(frame.subarray(prefixBytes, headerEnd));
  return fromJson(value, openArrays(frame, align(headerEnd), readTable(table, limits)), invalid);
}

interface ArraySpec {
  readonly name: ArrayName;
  readonly length: number;
}

function parseHeader(bytes: Uint8Array): readonly [unknown, readonly unknown[]] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid("its header is no JSON", error);
  }
  if (!Array.isArray(header) || header.length !== 2 || !Array.isArray(header[1]))
    throw invalid("its header has another form");
  return [header[0], header[1]];
}

function readTable(table: readonly unknown[], limits: FrameLimits): readonly ArraySpec[] {
  if (table.length > limits.arrays)
    throw invalid(`it has ${table.length} arrays; ${limits.arrays} are taken`);
  return table.map((row) => {
    const [name, length] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    if (!isArrayName(name)) throw invalid("it has an array of an unknown type");
    if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0)
      throw invalid("it has an array of no length");
    atMost("an array of it", length * arrayTypes[name].BYTES_PER_ELEMENT, limits.arrayBytes);
    return { name, length };
  });
}

function openArrays(
  frame: Uint8Array<ArrayBuffer>,
  from: number,
  table: readonly ArraySpec[],
): readonly TypedArray[] {
  let start = from;
  const arrays = table.map(({ name, length }) => {
    const type = arrayTypes[name];
    const at = start;
    start = align(at + length * type.BYTES_PER_ELEMENT);
    if (start > frame.length) throw invalid("an array of it is cut off");
    return new type(frame.buffer, frame.byteOffset + at, length);
  });
  if (start !== frame.length) throw invalid("something follows its end");
  return arrays;
}

function atMost(what: string, got: number, limit: number): void {
  if (got <= limit) return;
  throw invalid(`${what} has ${got} bytes; ${limit} are taken`);
}

function invalid(why: string, cause?: unknown): IssueError {
  const error = issueError("protocol.frame", `A message cannot be read: ${why}.`);
  if (cause !== undefined) error.cause = cause;
  return error;
}
