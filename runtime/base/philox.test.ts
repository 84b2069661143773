import { describe, expect, test } from "vitest";
import { philox4x32, type Words2, type Words4 } from "./philox.ts";

const pi: Words4 = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const cases: readonly [Words4, Words2, Words4][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [-1, -1, -1, -1],
    [-1, -1],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [pi, [0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]],
];

describe(philox4x32, () => {
  test.each(cases)("gives Random123's known answer for %j", (counter, key, words) => {
    expect(philox4x32(counter, key)).toEqual(words);
  });

  test("multiplies exactly for every kind of word", () => {
    for (const word of [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xdeadbeef]) {
      expect(philox4x32([word, 1, word, 2], [3, word])).toEqual(
        slow([word, 1, word, 2], [3, word]),
      );
    }
  });
});

function slow(counter: Words4, key: Words2): number[] {
  let c = counter.map(BigInt);
  let [k0, k1] = [BigInt(key[0]), BigInt(key[1])];
  const mask = 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const a = 0xd2511f53n * (c[0] ?? 0n);
    const b = 0xcd9e8d57n * (c[2] ?? 0n);
    c = [(b >> 32n) ^ (c[1] ?? 0n) ^ k0, b & mask, (a >> 32n) ^ (c[3] ?? 0n) ^ k1, a & mask];
    [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
  }
  return c.map(Number);
}
