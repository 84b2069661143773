import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { mutateJson } from "../../test/support/graph-mutations.ts";
import { fileLackedBy } from "./missing-file.ts";
import { namedFiles, reservedBy } from "./named-files.ts";
import { ownFileRecordsInMemory } from "./own-file-records.ts";
import { createOwnFiles } from "./own-files.ts";
import { takeFiles } from "./take-files.ts";

const file = { file: "", bytes: 1, sha256: "" };
const isReserved = reservedBy({
  assets: [{ ...file, name: "coffee_64.png" }],
  models: [{ ...file, name: "photo64", title: "", card: null, takes: null }],
});

const open = () =>
  createOwnFiles({
    records: Promise.resolve({ records: ownFileRecordsInMemory(), kept: true }),
    isReserved,
    now: () => 0,
    tell: () => {},
  });

const png = (...more: number[]) =>
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...more);
const npy = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const hash = "a".repeat(64);

const document: Document = {
  denoodle: 1,
  name: "restored",
  inputs: {
    measurement: { kind: "measurement", default: { asset: "cat.png", sha256: hash } },
    operator: {
      kind: "operator",
      default: { type: "operator/mask", v: 1, params: { file: "mask.npy" } },
    },
    prior: { kind: "prior", default: { type: "prior/onnx", v: 1, params: { model: "mine" } } },
    shipped: { kind: "prior", default: { type: "prior/onnx", v: 1, params: { model: "photo64" } } },
    picture: { kind: "signal", default: { asset: "coffee_64.png" } },
  },
  graph: { again: { type: "input/image", v: 1, params: { file: "cat.png" } } },
  outputs: { x: "again.x" },
  blocks: {},
};

describe("the files that a graph names", () => {
  test("are those that Denoodle does not come with, and where it names them", () => {
    expect(namedFiles(document, registry, isReserved)).toEqual([
      {
        kind: "image",
        file: "cat.png",
        sha256: hash,
        path: ["inputs", "measurement", "default", "asset"],
      },
      {
        kind: "tensor",
        file: "mask.npy",
        path: ["inputs", "operator", "default", "params", "file"],
      },
      { kind: "model", file: "mine", path: ["inputs", "prior", "default", "params", "model"] },
      { kind: "image", file: "cat.png", path: ["graph", "again", "params", "file"] },
    ]);
  });

  test("are found in any document that can be read, whatever is wrong with it", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 6 }), (numbers, edits) => {
        const choose = (count: number): number => (numbers.next().value ?? 0) % count;
        const json: unknown = JSON.parse(writeDocument(document));
        let broken = json;
        for (let i = 0; i < edits; i += 1) broken = mutateJson(broken, choose);
        const { document: found } = readDocument(broken);
        if (found === null) return;
        read += 1;
        expect(() => namedFiles(found, registry, isReserved)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe("files that came with a graph", () => {
  test("are kept under their names, and the graph stays as it is", async () => {
    const files = open();
    const contents = new Map([
      ["cat.png", png()],
      ["mask.npy", npy],
      ["mine.onnx", Uint8Array.of(8)],
      ["mine.json", new TextEncoder().encode('{ "denoodle": { "predicts": "x0" } }')],
      ["coffee_64.png", png()],
      ["unnamed.png", png()],
    ]);
    expect(await takeFiles(document, contents, { files, registry })).toBe(document);
    expect((await files.list()).map(({ name, kind }) => [name, kind])).toEqual([
      ["cat.png", "picture"],
      ["mask.npy", "array"],
      ["mine.onnx", "model"],
    ]);
    expect((await files.get("mine.onnx"))?.file.card).toEqual({ denoodle: { predicts: "x0" } });
  });

  test("get another name where theirs is taken, everywhere in the graph", async () => {
    const files = open();
    await files.put("cat.png", png(1), "picture");
    const taken = await takeFiles(document, new Map([["cat.png", png(2)]]), { files, registry });
    const { sha256 } = (await files.get("cat-2.png"))?.file ?? {};
    expect(taken.inputs["measurement"]?.default).toEqual({ asset: "cat-2.png", sha256 });
    expect(taken.graph["again"]).toMatchObject({ params: { file: "cat-2.png" } });
    expect(document.inputs["measurement"]?.default).toMatchObject({ asset: "cat.png" });
  });
});

test("an issue of a file that is not there leads to the place that names it", () => {
  const parts = { registry, files: open() };
  const at = { path: ["inputs", "operator", "default", "params", "file"] };
  const issue = { code: "asset.missing", message: "There is none.", at };
  expect(fileLackedBy(issue, document, parts)).toMatchObject({ file: "mask.npy", kind: "tensor" });
  expect(fileLackedBy({ ...issue, code: "port.missing" }, document, parts)).toBeNull();
  expect(fileLackedBy({ ...issue, at: { path: ["graph"] } }, document, parts)).toBeNull();
});
