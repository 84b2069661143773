import { zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IssueError } from "../base/issue.ts";
import { writeNpy } from "./npy.ts";
import { readNpz, writeNpz } from "./npz.ts";
import { float32, int64 } from "./tensor.ts";

const arrays = {
  "anneal/renoise": float32(
    Float32Array.from({ length: 600 }, (_, i) => i % 7),
    [2, 300],
  ),
  steps: int64([1, 2, 3]),
  empty: float32([], [0]),
};
const refusal = (bytes: Uint8Array): string => {
  try {
    readNpz(bytes, { path: ["tape.npz"] });
  } catch (error) {
    if (error instanceof IssueError) return error.message;
    throw error;
  }
  return "read";
};
const member = (name: string): Uint8Array => zipSync({ [name]: writeNpy(arrays.steps) });

describe(readNpz, () => {
  test("reads back what was written, and equal arrays give equal bytes", () => {
    expect(readNpz(writeNpz(arrays))).toEqual(arrays);
    expect(writeNpz(arrays)).toEqual(writeNpz(arrays));
  });

  test("reads deflated members", () => {
    const bytes = zipSync({ "a.npy": writeNpy(arrays["anneal/renoise"]) }, { level: 9 });
    expect(bytes.length).toBeLessThan(1000);
    expect(readNpz(bytes)).toEqual({ a: arrays["anneal/renoise"] });
  });

  test("keeps a member named __proto__ as a member", () => {
    expect(Object.entries(readNpz(member("__proto__.npy")))).toEqual([["__proto__", arrays.steps]]);
  });

  test("refuses a member that is no array, by name", () => {
    expect(refusal(member("readme.txt"))).toBe(
      "tape.npz.readme.txt: The archive's member is no .npy array. [file.npz]",
    );
  });

  test("refuses a member that claims more bytes than deflate can give", () => {
    const bytes = zipSync({ "a.npy": writeNpy(arrays["anneal/renoise"]) }, { level: 9 });
    const view = new DataView(bytes.buffer);
    for (let p = 0; p < bytes.length - 46; p++)
      if (view.getUint32(p, true) === 0x02014b50) view.setUint32(p + 24, 0xfffffff0, true);
    expect(refusal(bytes)).toContain("claims 4294967280 bytes out of");
  });

  test("finds a damaged member by its checksum", () => {
    const bytes = writeNpz({ steps: arrays.steps });
    bytes[150] = (bytes[150] ?? 0) ^ 1;
    expect(refusal(bytes)).toContain(`"steps.npy" is damaged`);
  });

  test("never throws anything but an issue, whatever the bytes", () => {
    for (const level of [0, 6] as const) {
      const good = zipSync(
        { "a.npy": writeNpy(arrays.steps), "b.npy": writeNpy(arrays.empty) },
        { level },
      );
      const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 });
      fc.assert(
        fc.property(damage, fc.nat(good.length), (edits, end) => {
          const bytes = good.slice();
          for (const [at, value] of edits) bytes[at] = value;
          refusal(bytes);
          refusal(bytes.subarray(0, end));
        }),
      );
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void refusal(bytes)));
  });
});
