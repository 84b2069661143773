import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IssueError } from "../base/issue.ts";
import { readNpy, writeNpy } from "./npy.ts";
import { float32, int64, type TensorData } from "./tensor.ts";

const encode = (header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...text,
    ...data,
  );
};
const header = (descr: string, shape: string, fortran = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
const refusal = (bytes: Uint8Array): string => {
  try {
    readNpy(bytes, { path: ["a.npy"] });
  } catch (error) {
    if (error instanceof IssueError) return error.message;
    throw error;
  }
  return "read";
};

const tensors: readonly TensorData[] = [
  float32([1.5, -0, Number.NaN, Infinity, 1e-40, 3], [1, 2, 3]),
  float32([7], []),
  float32([], [0, 3]),
  int64([1, -2, 2 ** 53], [3]),
  { dtype: "float64", shape: [2], data: Float64Array.of(Math.PI, -1e300) },
  { dtype: "float16", shape: [2], data: Uint16Array.of(0x3c00, 0xfc00) },
  { dtype: "int32", shape: [2, 1], data: Int32Array.of(-5, 2 ** 31 - 1) },
  { dtype: "int8", shape: [3], data: Int8Array.of(-128, 0, 127) },
  { dtype: "uint8", shape: [2], data: Uint8Array.of(0, 255) },
  { dtype: "bool", shape: [2], data: Uint8Array.of(0, 1) },
];

describe(readNpy, () => {
  test.each(tensors)("reads back what was written: $dtype $shape", (tensor) => {
    const bytes = writeNpy(tensor);
    expect(bytes.length - tensor.data.byteLength).toSatisfy((start: number) => start % 64 === 0);
    expect(readNpy(bytes)).toEqual(tensor);
  });

  test("reads from the middle of a buffer, at any alignment", () => {
    const inner = writeNpy(float32([1, 2], [2]));
    const outer = new Uint8Array(inner.length + 3);
    outer.set(inner, 3);
    expect(readNpy(outer.subarray(3)).data).toEqual(Float32Array.of(1, 2));
  });

  test("owns its memory, also when the bytes are Node's Buffer", () => {
    const bytes = Buffer.from(writeNpy(float32([1, 2], [2])));
    const read = readNpy(bytes);
    bytes.fill(0);
    expect(read).toEqual(float32([1, 2], [2]));
  });

  test("writes the header that NumPy writes", () => {
    const text = new TextDecoder("latin1").decode(writeNpy(float32([0, 0], [2])).subarray(0, 128));
    expect(text.slice(10)).toBe(
      `{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }`.padEnd(117) + "\n",
    );
  });

  test("refuses what it does not read, in a sentence", () => {
    expect(refusal(encode(header("<f4", "(1, 1)", "True"), new Uint8Array(4)))).toContain(
      "Fortran order",
    );
    expect(refusal(encode(header(">f4", "(1,)"), new Uint8Array(4)))).toMatch(
      /^a\.npy: .*">f4" is not read.*\[file\.npy\]$/,
    );
    expect(refusal(encode(header("|O", "()")))).toContain(`"|O"`);
    expect(
      refusal(encode("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }")),
    ).toContain("structured");
    expect(refusal(encode(header("<f4", "(-1,)")))).toContain("no list");
    expect(refusal(encode(header("<f4", "(2,)"), new Uint8Array(4)))).toContain(
      "float32[2], 8 bytes, but 4 bytes",
    );
  });

  test("allocates nothing for an absurd shape", () => {
    const huge = "9007199254740991";
    for (const shape of [`(${huge},)`, `(${huge}, ${huge})`, `(${Array(40).fill("9").join()})`])
      expect(refusal(encode(header("<f8", shape)))).toContain("[file.npy]");
  });

  test("never throws anything but an issue, whatever the bytes", () => {
    const good = writeNpy(float32([1, 2, 3, 4], [2, 2]));
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (edits, end) => {
        const bytes = good.slice();
        for (const [at, value] of edits) bytes[at] = value;
        refusal(bytes);
        refusal(bytes.subarray(0, end));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void refusal(bytes)));
  });
});
