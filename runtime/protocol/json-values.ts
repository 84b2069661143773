import { isTypedArray, type TypedArray } from "./typed-arrays.ts";

// What JSON has no word for is { "$": kind, "is": what }; an object that has a key "$" of its own is
// written as its entries.
const mark = "$";
const oddNumbers: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);
const deepest = 256;

/**
 * A value as JSON can carry it. Typed arrays are put aside in `arrays`, each once, and named by
 * their index.
 *
 * @throws TypeError naming the place of what cannot be carried.
 */
export function toJson(value: unknown, arrays: TypedArray[]): unknown {
  const known = new Map<TypedArray, number>();
  const indexOf = (array: TypedArray): number => {
    const index = known.get(array) ?? arrays.push(array) - 1;
    known.set(array, index);
    return index;
  };
  const write = (value: unknown, path: readonly string[]): unknown => {
    if (path.length > deepest) throw unfit("something nested too deep", path);
    switch (typeof value) {
      case "number":
        return writeNumber(value);
      case "bigint":
        return marked("bigint", String(value));
      case "undefined":
        return marked("undefined", null);
      case "object":
        return value === null ? null : writeObject(value, path);
      case "string":
      case "boolean":
        return value;
      default:
        throw unfit(`a ${typeof value}`, path);
    }
  };
  const writeEntry = ([key, inner]: readonly [unknown, unknown], path: readonly string[]) => [
    write(key, path),
    write(inner, [...path, typeof key === "string" ? key : ""]),
  ];
  const writeObject = (value: object, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return Array.from(value, (item, i) => write(item, [...path, `${i}`]));
    if (isTypedArray(value)) return marked("array", indexOf(value));
    if (value instanceof Map)
      return marked(
        "map",
        Array.from(value, (entry) => writeEntry(entry, path)),
      );
    if (!isPlain(value)) throw unfit(`a ${value.constructor.name}`, path);
    const entries = Object.entries(value);
    if (Object.hasOwn(value, mark))
      return marked(
        "object",
        entries.map((entry) => writeEntry(entry, path)),
      );
    return Object.fromEntries(entries.map(([key, inner]) => [key, write(inner, [...path, key])]));
  };
  return write(value, []);
}

/**
 * The value that `toJson` made JSON of. An object's key `__proto__` is a key like any other.
 *
 * @throws what `invalid` makes of the reason.
 */
export function fromJson(
  json: unknown,
  arrays: readonly TypedArray[],
  invalid: (why: string) => Error,
): unknown {
  const read = (json: unknown, depth: number): unknown => {
    if (depth > deepest) throw invalid("it is nested too deep");
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return json.map((item) => read(item, depth + 1));
    if (Object.hasOwn(json, mark)) return readMarked(json, depth);
    const entries = Object.entries(json);
    return Object.fromEntries(entries.map(([key, inner]) => [key, read(inner, depth + 1)]));
  };
  const readEntries = (is: unknown, depth: number): readonly (readonly [unknown, unknown])[] => {
    if (!Array.isArray(is)) throw invalid("it has entries that are none");
    return is.map((entry: unknown) => {
      if (!Array.isArray(entry) || entry.length !== 2)
        throw invalid("it has an entry without key and value");
      return [read(entry[0], depth + 1), read(entry[1], depth + 1)];
    });
  };
  const readers: Readonly<Record<string, (is: unknown, depth: number) => unknown>> = {
    number: (is) => oddNumbers.get(is) ?? unknownKind(),
    bigint: (is) =>
      typeof is === "string" && /^-?\d{1,400}$/.test(is) ? BigInt(is) : unknownKind(),
    undefined: () => undefined,
    array: (is) => (typeof is === "number" ? arrays[is] : undefined) ?? unknownKind(),
    map: (is, depth) => new Map(readEntries(is, depth)),
    object: (is, depth) =>
      Object.fromEntries(readEntries(is, depth).map(([key, value]) => [String(key), value])),
  };
  const unknownKind = (): never => {
    throw invalid("it holds a value of an unknown kind");
  };
  const readMarked = (json: object, depth: number): unknown => {
    const { [mark]: kind, is } = json as { readonly [mark]: unknown; readonly is?: unknown };
    if (typeof kind !== "string" || !Object.hasOwn(readers, kind)) return unknownKind();
    return readers[kind]?.(is, depth);
  };
  return read(json, 0);
}

function writeNumber(value: number): unknown {
  if (Object.is(value, -0)) return marked("number", "-0");
  return Number.isFinite(value) ? value : marked("number", String(value));
}

const marked = (kind: string, is: unknown): object => ({ [mark]: kind, is });

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const unfit = (what: string, path: readonly string[]): TypeError =>
  new TypeError(
    `encodeFrame: ${path.join(".") || "the message"} is ${what}, which no frame can carry`,
  );
