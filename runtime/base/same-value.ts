/**
 * Whether two plain values are alike: as JSON says it, whatever the order of keys, an entry that is undefined being
 * none; typed arrays and maps by their contents; numbers as `Object.is` does.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return sameBytes(a, b);
  if (kindOf(a) !== kindOf(b)) return false;
  return sameMaps(mapOf(a), mapOf(b));
}

/** A typed array is not compared with an object of the same entries. */
const kindOf = (value: object): string =>
  ArrayBuffer.isView(value)
    ? "view"
    : Array.isArray(value)
      ? "list"
      : value instanceof Map
        ? "map"
        : "record";

const mapOf = (value: object): ReadonlyMap<unknown, unknown> =>
  value instanceof Map
    ? value
    : new Map(Object.entries(value).filter(([, entry]) => entry !== undefined));

const sameMaps = (a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.has(key) && sameValue(value, b.get(key)));

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.constructor !== b.constructor || a.byteLength !== b.byteLength) return false;
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return left.every((byte, i) => byte === right[i]);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
