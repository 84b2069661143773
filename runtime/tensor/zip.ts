import { inflateSync } from "fflate";
import { IssueError, type IssueAt } from "../base/issue.ts";

/** One member of a zip archive: its name and its unpacked, checked bytes. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** All members together may unpack to this many bytes. */
const maxUnpacked = 2 ** 32;
/** No deflate stream grows more than 1032-fold. */
const maxDeflateRatio = 1032;

/**
 * The members of a zip archive, stored or deflated, in the order of its directory, one at a time.
 * Sizes are checked against the bytes that are there before anything is unpacked, the CRC after.
 *
 * @throws IssueError `file.zip` for anything else, zip64 and encryption included.
 */
export function* readZip(bytes: Uint8Array, at: IssueAt = {}): Generator<ZipMember> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start } = directory(view, at);
  let total = 0;
  for (let i = 0, p = start; i < count; i++) {
    const entry = readEntry(view, p, at);
    total += entry.size;
    if (total > maxUnpacked) throw refuse("The archive unpacks to more than 4 GiB.", at);
    yield { name: entry.name, bytes: unpack(view, entry, at) };
    p = entry.next;
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  readonly next: number;
}

function directory(view: DataView, at: IssueAt): { count: number; start: number } {
  const last = view.byteLength - 22;
  for (let p = last; p >= Math.max(0, last - 0xffff); p--) {
    if (view.getUint32(p, true) !== 0x06054b50) continue;
    const count = view.getUint16(p + 10, true);
    const start = view.getUint32(p + 16, true);
    if (count === 0xffff || start === 0xffffffff) throw refuse("The archive is a zip64 one.", at);
    return { count, start };
  }
  throw refuse("The bytes are no zip archive: there is no directory at their end.", at);
}

function readEntry(view: DataView, p: number, at: IssueAt): Entry {
  if (p + 46 > view.byteLength || view.getUint32(p, true) !== 0x02014b50)
    throw refuse("The archive's directory is broken.", at);
  const nameEnd = p + 46 + view.getUint16(p + 28, true);
  const next = nameEnd + view.getUint16(p + 30, true) + view.getUint16(p + 32, true);
  if (next > view.byteLength) throw refuse("The archive's directory is broken.", at);
  const name = new TextDecoder().decode(bytesOf(view, p + 46, nameEnd));
  const [packed, size] = [view.getUint32(p + 20, true), view.getUint32(p + 24, true)];
  const offset = view.getUint32(p + 42, true);
  if ([packed, size, offset].includes(0xffffffff))
    throw refuse(`The member ${shown(name)} is stored as zip64.`, at);
  if ((view.getUint16(p + 8, true) & 1) !== 0)
    throw refuse(`The member ${shown(name)} is encrypted.`, at);
  const method = view.getUint16(p + 10, true);
  return { name, method, crc: view.getUint32(p + 16, true), packed, size, offset, next };
}

function unpack(view: DataView, entry: Entry, at: IssueAt): Uint8Array {
  const { name, method, packed, size, offset } = entry;
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== 0x04034b50)
    throw refuse(`The member ${shown(name)} is not where the directory says.`, at);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > view.byteLength)
    throw refuse(`The member ${shown(name)} runs past the end of the archive.`, at);
  const bytes = bytesOf(view, start, start + packed);
  const plain = method === 0 ? bytes : inflate(bytes, entry, at);
  if (plain.length !== size || crc32(plain) !== entry.crc)
    throw refuse(`The member ${shown(name)} is damaged: its length or checksum is wrong.`, at);
  return plain;
}

function inflate(bytes: Uint8Array, { name, method, size }: Entry, at: IssueAt): Uint8Array {
  if (method !== 8)
    throw refuse(`The member ${shown(name)} is packed by method ${method}; 0 and 8 are read.`, at);
  if (size > bytes.length * maxDeflateRatio)
    throw refuse(`The member ${shown(name)} claims ${size} bytes out of ${bytes.length}.`, at);
  try {
    return inflateSync(bytes, { out: new Uint8Array(size) });
  } catch (cause) {
    const message = `The member ${shown(name)} is damaged: it cannot be unpacked.`;
    throw refuse(message, at, { cause });
  }
}

function bytesOf(view: DataView, start: number, end: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, end - start);
}

function refuse(message: string, at: IssueAt, options?: ErrorOptions): IssueError {
  return new IssueError([{ code: "file.zip", message, at }], options);
}

function shown(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++)
    rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ 0xedb88320;
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}
