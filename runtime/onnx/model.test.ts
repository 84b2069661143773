import { create, toBinary } from "@bufbuild/protobuf";
import {
  ModelProtoSchema,
  TensorProto_DataLocation as Location,
  TensorProtoSchema,
} from "onnx-buf";
import { describe, expect, test } from "vitest";
import { buildModel, type TestModel } from "../../test/support/build-model.ts";
import { IssueError } from "../base/issue.ts";
import { float32 } from "../tensor/tensor.ts";
import { importModel } from "./import-model.ts";
import { readModel, type ReadExternal } from "./model.ts";
import { bytesOf } from "./proto/view-elements.ts";
import { leavesFolder } from "./proto/external.ts";
import { modelSignature } from "./signature.ts";
import { writeModel } from "./write-model.ts";

const weights = float32([1, 2, 3, 4], [4]);
const sum: TestModel = {
  opset: 17,
  inputs: { x: { dims: ["N", 4] } },
  weights: { w: weights },
  outputs: ["y"],
  nodes: [{ op: "Add", in: ["x", "w"], out: ["y"] }],
};
const shapes = { x: [2, 4] };

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof IssueError) return error.issues[0]?.code;
    throw error;
  }
  return undefined;
}

/** The model above with its weights in another file. */
function external(location: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const { proto } = readModel(buildModel(sum));
  const entries = Object.entries({ location, ...more }).map(([key, value]) => ({ key, value }));
  const tensor = create(TensorProtoSchema, {
    name: "w",
    dims: [4n],
    dataType: 1,
    dataLocation: Location.EXTERNAL,
    externalData: entries,
  });
  proto.graph?.initializer.splice(0, 1, tensor);
  return toBinary(ModelProtoSchema, proto);
}

describe(readModel, () => {
  test("bytes that are no model are an issue in plain words", () => {
    const texts = ["", "hello, this is no model", "\x08\x07"].map((text) =>
      new TextEncoder().encode(text),
    );
    expect(texts.map((bytes) => codeOf(() => readModel(bytes)))).toEqual(
      Array(3).fill("model.unreadable"),
    );
  });

  test("a file cut short or damaged anywhere is an issue or a model, never another error", () => {
    const bytes = buildModel(sum);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
      for (const file of [bytes.subarray(0, at), damaged])
        codeOf(() => writeAgain(importModel(readModel(file), { shapes })));
    }
  });

  test("nesting without end is an issue", () => {
    const bytes: number[] = [];
    for (let depth = 0; depth < 5000; depth += 1) bytes.unshift(0x3a, ...varint(bytes.length));
    expect(codeOf(() => readModel(Uint8Array.from(bytes)))).toBe("model.unreadable");
  });

  test("aligned weights are views of the file, others one copy", () => {
    const bytes = buildModel(sum);
    const raw = bytesOf(weights);
    const start = bytes.findIndex((_, i) => raw.every((b, k) => bytes[i + k] === b));
    const shared = [0, 1, 2, 3].map((offset) => {
      const buffer = new ArrayBuffer(bytes.length + 4);
      const moved = new Uint8Array(buffer, offset, bytes.length);
      moved.set(bytes);
      const { program } = importModel(readModel(moved), { shapes });
      const [data] = [...program.constants.values()];
      return [(start + offset) % 4 === 0, data?.data.buffer === buffer];
    });
    expect(shared.every(([aligned, isView]) => aligned === isView)).toBe(true);
  });
});

test("weights of bytes that were given away are moved in place, and may be imported again", () => {
  for (const offset of [0, 1, 2, 3]) {
    const file = buildModel({
      ...sum,
      weights: {
        w: float32(
          Array.from({ length: 64 }, (_, i) => i),
          [16, 4],
        ),
      },
    });
    const buffer = new ArrayBuffer(file.length + 4);
    new Uint8Array(buffer).set(file, offset);
    const model = readModel(new Uint8Array(buffer, offset, file.length), { owned: true });
    for (const time of [1, 2]) {
      const [data] = [...importModel(model, { shapes: { x: [16, 4] } }).program.constants.values()];
      expect([time, data?.data.buffer === buffer, data?.data[63]]).toEqual([time, true, 63]);
    }
  }
});

test("a written file's weights lie where readers can view them", () => {
  const first = importModel(readModel(buildModel(sum)), { shapes });
  const bytes = writeModel(first.program, first);
  const { program } = importModel(readModel(bytes));
  expect([...program.constants.values()].every(({ data }) => data.buffer === bytes.buffer)).toBe(
    true,
  );
});

function writeAgain(imported: ReturnType<typeof importModel>): void {
  // Damaged names may clash, which writing refuses by itself.
  if (
    new Set([...imported.inputNames, ...imported.outputNames]).size === 2 &&
    !imported.inputNames.includes("") &&
    !imported.outputNames.includes("")
  )
    writeModel(imported.program, imported);
}

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}

describe("external data", () => {
  const file = new Uint8Array(40);
  file.set(bytesOf(weights), 20);
  const read: ReadExternal = () => file;
  const load = (bytes: Uint8Array, external?: ReadExternal) =>
    importModel(readModel(bytes, external === undefined ? {} : { external }), { shapes });

  test("weights are views of the other file, from their offset", () => {
    const { program } = load(external("w.bin", { offset: "20", length: "16" }), read);
    expect([...program.constants.values()]).toEqual([weights]);
    expect([...program.constants.values()][0]?.data.buffer).toBe(file.buffer);
  });

  test("a location outside the folder, a missing reader and a short file are refused", () => {
    const refused = [
      () => load(external("../secret"), read),
      () => load(external("w.bin")),
      () => load(external("w.bin", { offset: "30" }), read),
      () => load(external("w.bin", { offset: "0", length: "8" }), read),
    ];
    expect(refused.map(codeOf)).toEqual(Array(4).fill("model.external"));
  });

  test.each(["", "/etc/passwd", "..", "a/../../b", "C:\\x", "\\\\host\\x", "a\\..\\b", "a\0b"])(
    "%j leaves the folder",
    (location) => {
      expect(leavesFolder(location)).toBe(true);
    },
  );

  test.each(["w.bin", "sub/w.bin", "weights..bin"])("%j stays in the folder", (location) => {
    expect(leavesFolder(location)).toBe(false);
  });
});

describe(modelSignature, () => {
  test("names inputs without weights, axes, opset and parameters", () => {
    const model = readModel(buildModel({ ...sum, weightsAsInputs: true }));
    expect(modelSignature(model)).toEqual({
      inputs: [{ name: "x", dtype: "float32", dims: ["N", 4] }],
      outputs: [{ name: "y", dtype: "float32", dims: [] }],
      opset: 17,
      producer: "",
      parameters: 4,
    });
  });
});
