import { issueError, type IssueAt, type IssueError } from "../base/issue.ts";
import {
  bytesPerElement,
  formatShape,
  sizeOf,
  type DType,
  type Shape,
  type TensorData,
} from "./tensor.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const; // "\x93NUMPY"

const descrOf: Readonly<Record<DType, string>> = {
  float32: "<f4",
  float64: "<f8",
  float16: "<f2",
  int64: "<i8",
  int32: "<i4",
  int8: "|i1",
  uint8: "|u1",
  bool: "|b1",
};

const dtypeOf: ReadonlyMap<string, DType> = new Map([
  ["<f4", "float32"],
  ["<f8", "float64"],
  ["<f2", "float16"],
  ["<i8", "int64"],
  ["<i4", "int32"],
  ["|i1", "int8"],
  ["|u1", "uint8"],
  ["|b1", "bool"],
  ["<i1", "int8"],
  ["<u1", "uint8"],
  ["<b1", "bool"],
]);

/**
 * The tensor in the bytes of a NumPy .npy file (format 1.0, 2.0 or 3.0, little-endian, C order).
 * Values are taken as they are, NaN included. The result owns its memory. Hosts are little-endian.
 *
 * Nothing is allocated before the header has been checked against the bytes that are there.
 *
 * @param at where the bytes came from, for the issue.
 * @throws IssueError `file.npy` when the bytes are no such file.
 */
export function readNpy(bytes: Uint8Array, at: IssueAt = {}): TensorData {
  const { text, start } = headerText(bytes, at);
  const { dtype, shape } = parseHeader(text, at);
  const expected = safeSize(shape) * bytesPerElement[dtype];
  const got = bytes.length - start;
  if (expected !== got)
    throw refuse(
      `The .npy header promises ${dtype}${formatShape(shape)}, ${expected} bytes, but ${got} bytes follow it.`,
      at,
    );
  // Not `slice`, which on Node's Buffer does not copy.
  return wrapBytes[dtype](new Uint8Array(bytes.subarray(start)).buffer, shape);
}

/** The bytes of a .npy file (format 1.0, or 2.0 for a very long shape) that holds `tensor`. */
export function writeNpy(tensor: TensorData): Uint8Array {
  const { dtype, shape, data } = tensor;
  if (data.length !== sizeOf(shape))
    throw new RangeError(`writeNpy: ${data.length} values do not fill shape ${formatShape(shape)}`);
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${descrOf[dtype]}', 'fortran_order': False, 'shape': (${dims}), }`;
  const prefix = dict.length + 75 > 0xffff ? 12 : 10;
  const start = Math.ceil((prefix + dict.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, prefix === 12 ? 2 : 1, 0]);
  if (prefix === 12) view.setUint32(8, start - prefix, true);
  else view.setUint16(8, start - prefix, true);
  bytes.set(new TextEncoder().encode(dict.padEnd(start - prefix - 1) + "\n"), prefix);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

const wrapBytes: {
  readonly [D in DType]: (buffer: ArrayBuffer, shape: Shape) => TensorData;
} = {
  float32: (buffer, shape) => ({ dtype: "float32", shape, data: new Float32Array(buffer) }),
  float64: (buffer, shape) => ({ dtype: "float64", shape, data: new Float64Array(buffer) }),
  float16: (buffer, shape) => ({ dtype: "float16", shape, data: new Uint16Array(buffer) }),
  int64: (buffer, shape) => ({ dtype: "int64", shape, data: new BigInt64Array(buffer) }),
  int32: (buffer, shape) => ({ dtype: "int32", shape, data: new Int32Array(buffer) }),
  int8: (buffer, shape) => ({ dtype: "int8", shape, data: new Int8Array(buffer) }),
  uint8: (buffer, shape) => ({ dtype: "uint8", shape, data: new Uint8Array(buffer) }),
  // NumPy reads any byte but 0 as true.
  bool: (buffer, shape) => ({
    dtype: "bool",
    shape,
    data: new Uint8Array(buffer).map((byte) => (byte === 0 ? 0 : 1)),
  }),
};

function headerText(bytes: Uint8Array, at: IssueAt): { text: string; start: number } {
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte))
    throw refuse("The bytes are no .npy file: they do not begin with the NumPy mark.", at);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3)
    throw refuse(`The .npy format version is ${version}; versions 1 to 3 are read.`, at);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const prefix = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (prefix + length > bytes.length)
    throw refuse(
      `The .npy header promises ${length} bytes but the file ends after ${bytes.length - prefix}.`,
      at,
    );
  // A header with a plain dtype and a shape of up to 32 numbers stays far below this.
  if (length > 65_536) throw refuse(`The .npy header is ${length} bytes long.`, at);
  const text = new TextDecoder().decode(bytes.subarray(prefix, prefix + length));
  return { text, start: prefix + length };
}

function parseHeader(text: string, at: IssueAt): { dtype: DType; shape: Shape } {
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const dims = /['"]shape['"]\s*:\s*\(([^()]*)\)/.exec(text)?.[1];
  if (descr === undefined && /['"]descr['"]\s*:\s*\[/.test(text))
    throw refuse("The .npy file holds records (a structured dtype).", at, "Save one plain array.");
  if (descr === undefined || fortran === undefined || dims === undefined)
    throw refuse("The .npy header lacks descr, fortran_order or shape.", at);
  const dtype = dtypeOf.get(descr);
  if (dtype === undefined)
    throw refuse(
      `The .npy dtype ${JSON.stringify(descr.slice(0, 32))} is not read; ${[...new Set(Object.values(descrOf))].join(" ")} are.`,
      at,
      "Convert the array with .astype('float32') before saving.",
    );
  if (fortran === "True")
    throw refuse(
      "The .npy array is in Fortran order; C order is read.",
      at,
      "Save it through numpy.ascontiguousarray.",
    );
  return { dtype, shape: parseDims(dims, at) };
}

function parseDims(text: string, at: IssueAt): Shape {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  const dims = parts.map((part) => (/^\d{1,16}L?$/.test(part) ? Number.parseInt(part, 10) : -1));
  if (dims.length > 32 || dims.some((d) => d < 0 || !Number.isSafeInteger(d)))
    throw refuse(`The .npy shape (${text.slice(0, 80)}) is no list of up to 32 sizes.`, at);
  return dims;
}

/** Elements of a shape; Infinity where the product leaves the safe integers. */
function safeSize(shape: Shape): number {
  if (shape.includes(0)) return 0;
  const size = sizeOf(shape);
  return Number.isSafeInteger(size) ? size : Number.POSITIVE_INFINITY;
}

function refuse(message: string, at: IssueAt, fix?: string): IssueError {
  return issueError("file.npy", message, at, fix === undefined ? {} : { fix });
}
