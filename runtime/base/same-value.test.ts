import fc from "fast-check";
import { expect, test } from "vitest";
import { sameValue } from "./same-value.ts";

const value = fc.jsonValue({ maxDepth: 3 });
/** As JSON writes it where keys stand in order. */
const textOf = (of: unknown): string =>
  JSON.stringify(of, (_, entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : Object.is(entry, -0)
        ? "-0"
        : entry,
  );

test("values are the same where their text is", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sameValue(a, structuredClone(a))).toBe(true);
      expect(sameValue(a, b)).toBe(textOf(a) === textOf(b));
    }),
  );
});

test("order does not matter, nor what is not there", () => {
  expect(sameValue({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2, d: undefined }], a: 1 })).toBe(true);
  expect(sameValue({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(sameValue({ toString: 1 }, { a: 1 })).toBe(false);
  expect(sameValue([], {})).toBe(false);
});

test("typed arrays and maps are compared by what they hold", () => {
  expect(sameValue(Float32Array.of(1, 2), Float32Array.of(1, 2))).toBe(true);
  expect(sameValue(Float32Array.of(1, 2), Float32Array.of(1, 3))).toBe(false);
  expect(sameValue(Float32Array.of(0), Int32Array.of(0))).toBe(false);
  expect(sameValue(Uint8Array.of(1), { 0: 1 })).toBe(false);
  expect(sameValue(new Map([["a", 1]]), new Map([["a", 1]]))).toBe(true);
  expect(sameValue(new Map([["a", 1]]), new Map([["a", 2]]))).toBe(false);
  expect(sameValue(new Map([["a", 1]]), { a: 1 })).toBe(false);
});
