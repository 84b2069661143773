import { describe, expect, test } from "vitest";
import type { DrawAt, PhiloxStart } from "../../base/random-key.ts";
import { referenceNormals } from "../../base/random-normals.ts";
import { fillNormals } from "./fill-normals.ts";
import { createWasmNormals } from "./wasm-normals.ts";

const bits = (values: Float32Array): Buffer => Buffer.from(values.buffer);
const at: DrawAt = { seed: 1, stream: "start", sample: 0, indices: [4] };
const drawn = (length: number, where: DrawAt): Float32Array => {
  const out = new Float32Array(length);
  fillNormals(out, where);
  return out;
};

describe(createWasmNormals, () => {
  const fill = createWasmNormals();

  test("gives the bits of the reference, across chunks and for odd lengths", () => {
    const starts: readonly PhiloxStart[] = [
      { key: [0, 0], counter: [0, 0, 0] },
      { key: [0xffffffff, 0xfffffffe], counter: [0xffffffff, 1, 2] },
      { key: [0x80000000, 12345], counter: [7, 0x80000000, 3] },
    ];
    for (const start of starts)
      for (const length of [0, 1, 15, 16, 17, 16_384, 16_385, 200_003]) {
        const [fast, slow] = [new Float32Array(length), new Float32Array(length)];
        fill?.(fast, start);
        referenceNormals(slow, start);
        expect(bits(fast).equals(bits(slow))).toBe(true);
      }
  });
});

describe(fillNormals, () => {
  test("gives a sample the same numbers whatever the length of the array", () => {
    expect(drawn(100, at)).toEqual(drawn(40_000, at).slice(0, 100));
  });

  test("gives two samples and two streams unrelated numbers", () => {
    const a = drawn(40_000, at);
    for (const other of [
      { ...at, sample: 1 },
      { ...at, stream: "Start" },
      { ...at, seed: 2 },
    ]) {
      const b = drawn(40_000, other);
      const correlation = a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0) / a.length;
      expect(Math.abs(correlation)).toBeLessThan(0.02);
    }
  });
});
