import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IssueError } from "../base/issue.ts";
import { decodeFrame, defaultLimits, encodeFrame } from "./codec.ts";

const typedArray = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const key = fc.oneof(fc.string(), fc.constantFrom("$", "is", "__proto__", "constructor", "a"));
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.constantFrom(null, undefined, true, false, -0, Infinity, -Infinity, Number.NaN, "\ud800"),
    fc.bigInt(),
    typedArray,
    fc.array(tie("value")),
    fc.dictionary(key, tie("value"), { noNullPrototype: true }),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((entries) => new Map(entries)),
  ),
})).value;

/** A valid frame's bytes, to be spoilt. */
const someFrame = message.map(encodeFrame);

const readOrRefuse = (bytes: Uint8Array<ArrayBuffer>): void => {
  try {
    decodeFrame(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(IssueError);
    expect(error).toMatchObject({ issues: [{ code: "protocol.frame" }] });
  }
};

/** A frame of a header that is not written by `encodeFrame`. */
function frameOf(header: string, arrayBytes = 0): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const frame = new Uint8Array(Math.ceil((8 + text.length) / 8) * 8 + arrayBytes);
  frame.set(encodeFrame(null).subarray(0, 4));
  new DataView(frame.buffer).setUint32(4, text.length, true);
  frame.set(text, 8);
  return frame;
}

describe("a frame", () => {
  test("carries every message there and back", () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(isDeepStrictEqual(decodeFrame(encodeFrame(value)), value)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("is read wherever it lies in its buffer", () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 0, max: 17 }), (value, before) => {
        const frame = encodeFrame(value);
        const larger = new Uint8Array(before + frame.length + 3);
        larger.set(frame, before);
        const read = decodeFrame(larger.subarray(before, before + frame.length));
        expect(isDeepStrictEqual(read, value)).toBe(true);
      }),
    );
  });

  test("gives arrays as views of itself, each at its alignment", () => {
    const arrays = [
      new Uint8Array(3),
      new Float64Array(2),
      new Uint8Array(1),
      new BigInt64Array(1),
    ];
    const frame = encodeFrame({ text: "odd", arrays });
    const read = decodeFrame(frame) as { arrays: typeof arrays };
    for (const array of read.arrays) {
      expect(array.buffer).toBe(frame.buffer);
      expect(array.byteOffset % 8).toBe(0);
    }
  });

  test("holds an array once that the message holds twice", () => {
    const bytes = new Uint8Array(2 ** 16);
    const frame = encodeFrame({ one: bytes, two: [bytes] });
    expect(frame.length).toBeLessThan(2 ** 16 + 200);
    const read = decodeFrame(frame) as { one: Uint8Array; two: readonly Uint8Array[] };
    expect(read.one).toBe(read.two[0]);
  });

  test("carries a Buffer as the bytes that it shows", () => {
    const part = Buffer.from("a sentence").subarray(2, 5);
    expect(decodeFrame(encodeFrame(part))).toStrictEqual(new TextEncoder().encode("sen"));
  });

  test("does not carry what has no form, and says where", () => {
    for (const value of [() => 1, Symbol("s"), new Error("e"), new Date(0), new Set([1])])
      expect(() => encodeFrame({ a: [0, value] })).toThrow(/^encodeFrame: a\.1 is a /);
    const loop: Record<string, unknown> = {};
    loop["loop"] = loop;
    expect(() => encodeFrame(loop)).toThrow("nested too deep");
  });

  test("cannot set a prototype", () => {
    const evil = frameOf(
      '[{"__proto__":{"polluted":1},"x":{"$":"object","is":[["__proto__",{"a":1}]]}},[]]',
    );
    const read = decodeFrame(evil) as Record<string, Record<string, unknown>>;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(read["x"])).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("what is no frame", () => {
  test("is refused with an issue, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => readOrRefuse(bytes.slice())),
      { numRuns: 500 },
    );
  });

  test("is refused with an issue, whichever byte of a good one changed", () => {
    fc.assert(
      fc.property(someFrame, fc.nat(), fc.nat(255), (frame, at, value) => {
        frame[at % frame.length] = value;
        readOrRefuse(frame);
      }),
      { numRuns: 1000 },
    );
  });

  test("is refused wherever a good one is cut or goes on", () => {
    fc.assert(
      fc.property(someFrame, fc.nat(), (frame, at) => {
        const cut = frame.slice(0, at % frame.length);
        expect(() => decodeFrame(cut)).toThrow(IssueError);
        const longer = new Uint8Array(frame.length + 8);
        longer.set(frame);
        expect(() => decodeFrame(longer)).toThrow("something follows its end");
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['{"a":1}', "another form"],
    ["[1,2]", "another form"],
    ["[1", "no JSON"],
    ['[{"$":"function","is":"x"},[]]', "unknown kind"],
    ['[{"$":"array","is":0},[]]', "unknown kind"],
    ['[{"$":"array","is":-1},[["Uint8Array",0]]]', "unknown kind"],
    ['[{"$":"number","is":"toString"},[]]', "unknown kind"],
    ['[{"$":"map","is":[[1]]},[]]', "without key and value"],
    ['[{"$":"map","is":7},[]]', "entries that are none"],
    ['[0,[["Uint8Array",-1]]]', "no length"],
    ['[0,[["Uint8Array",1.5]]]', "no length"],
    ['[0,[["SharedArrayBuffer",1]]]', "unknown type"],
    ['[0,[["constructor",1]]]', "unknown type"],
    ['[0,[["Uint8Array",9007199254740991]]]', "are taken"],
    [`[${"[".repeat(400)}${"]".repeat(400)},[]]`, "nested too deep"],
  ])("%s is refused: %s", (header, why) => {
    expect(() => decodeFrame(frameOf(header))).toThrow(why);
  });

  test("an array that is announced but not there is refused", () => {
    expect(() => decodeFrame(frameOf('[0,[["Float64Array",2]]]', 8))).toThrow("cut off");
  });
});

describe("limits", () => {
  const frame = encodeFrame({
    a: new Float32Array(100),
    b: new Uint8Array(10),
    text: "x".repeat(50),
  });
  test.each([
    [{ frameBytes: 100 }, "it has"],
    [{ headerBytes: 60 }, "its header has"],
    [{ arrays: 1 }, "2 arrays; 1 are taken"],
    [{ arrayBytes: 399 }, "400 bytes; 399 are taken"],
  ])("%o is kept", (limit, why) => {
    expect(() => decodeFrame(frame, { ...defaultLimits, ...limit })).toThrow(why);
  });
  test("that are just met let the frame through", () => {
    const limits = { frameBytes: frame.length, headerBytes: 300, arrays: 2, arrayBytes: 400 };
    expect(decodeFrame(frame, limits)).toMatchObject({ b: new Uint8Array(10) });
  });
});
