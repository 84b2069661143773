import { describe, expect, test } from "vitest";
import { kindOf } from "./kind-of.ts";
import { ownFileRecordsInMemory } from "./own-file-records.ts";
import { createOwnFiles } from "./own-files.ts";
import { OwnFilesError } from "./own-files-error.ts";

const bytesOf = (...values: number[]) => Uint8Array.from(values);

function open(records = ownFileRecordsInMemory()) {
  const told: number[] = [];
  let clock = 0;
  const files = createOwnFiles({
    records: Promise.resolve({ records, kept: true }),
    isReserved: (name) => name === "chelsea_64.png" || name === "photo64.onnx",
    now: () => (clock += 1),
    tell: () => void told.push(clock),
  });
  return { files, told };
}

describe("putting a file", () => {
  test("gives it back, with its hash", async () => {
    const { files } = open();
    const put = await files.put("cat.png", bytesOf(1, 2, 3), "picture");
    expect(put).toEqual({
      name: "cat.png",
      kind: "picture",
      size: 3,
      at: 1,
      sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
    });
    expect(await files.get("cat.png")).toEqual({ file: put, bytes: bytesOf(1, 2, 3) });
    expect(await files.get("dog.png")).toBeNull();
  });

  test("names other bytes of the same name cat-2.png, and the same bytes once", async () => {
    const { files } = open();
    await files.put("cat.png", bytesOf(1), "picture");
    expect((await files.put("cat.png", bytesOf(2), "picture")).name).toBe("cat-2.png");
    expect((await files.put("Cat.png", bytesOf(3), "picture")).name).toBe("Cat-3.png");
    expect((await files.put("cat.png", bytesOf(2), "picture")).name).toBe("cat-2.png");
    expect((await files.list()).map(({ name }) => name)).toEqual([
      "cat.png",
      "cat-2.png",
      "Cat-3.png",
    ]);
  });

  test("never takes the name of a file that Denoodle comes with", async () => {
    const { files } = open();
    expect((await files.put("chelsea_64.png", bytesOf(1), "picture")).name).toBe(
      "chelsea_64-2.png",
    );
    expect((await files.putModel("photo64", bytesOf(1), null)).name).toBe("photo64-2.onnx");
  });

  test.each([
    ["a/b/cat.png", "cat.png"],
    [String.raw`C:\photos\cat.png`, "cat.png"],
    ["../../.profile", "profile"],
    ["what: a \u0000cat?.png", "what a cat.png"],
    ["", "file"],
    [`${"x".repeat(200)}.png`, `${"x".repeat(76)}.png`],
  ])("takes the name %j as %j", async (given, name) => {
    expect((await open().files.put(given, bytesOf(1), "picture")).name).toBe(name);
  });

  test("refuses, in words, what is empty or what the browser has no room for", async () => {
    await expect(open().files.put("a.png", bytesOf(), "picture")).rejects.toMatchObject({
      words: { key: "files.refused.empty", values: { name: "a.png" } },
    });
    const full = {
      ...ownFileRecordsInMemory(),
      add: () => Promise.reject(new DOMException("no room", "QuotaExceededError")),
    };
    const refusal = open(full).files.put("a.png", bytesOf(1), "picture");
    await expect(refusal).rejects.toBeInstanceOf(OwnFilesError);
    await expect(refusal).rejects.toMatchObject({ words: { key: "files.refused.full" } });
  });
});

describe("removing a file", () => {
  test("keeps the bytes while another file has them", async () => {
    const { files } = open();
    await files.put("a.png", bytesOf(1), "picture");
    await files.put("b.png", bytesOf(1), "picture");
    await files.remove("a.png");
    expect(await files.get("a.png")).toBeNull();
    expect((await files.get("b.png"))?.bytes).toEqual(bytesOf(1));
  });

  test("tells other tabs, and whoever looks", async () => {
    const { files, told } = open();
    await files.put("a.png", bytesOf(1), "picture");
    await files.remove("a.png");
    expect(told).toHaveLength(2);
    expect(files.state.getState()).toEqual({ files: [], kept: true });
  });
});

describe("what a graph names", () => {
  test("is found by its hash under any name, else by its name", async () => {
    const { files } = open();
    const cat = await files.put("cat.png", bytesOf(1), "picture");
    await files.put("dog.png", bytesOf(2), "picture");
    const named = [
      { kind: "image", file: "dog.png", sha256: cat.sha256 },
      { kind: "tensor", file: "cat.png" },
      { kind: "image", file: "bird.png" },
      { kind: "image", file: "chelsea_64.png", sha256: cat.sha256 },
    ] as const;
    expect([...(await files.contentsOf(named))]).toEqual([
      ["dog.png", bytesOf(1)],
      ["cat.png", bytesOf(1)],
    ]);
  });

  test("comes with its card where it is a model, with or without its ending", async () => {
    const { files } = open();
    const card = { denoodle: { predicts: "x0" } };
    await files.putModel("mine.onnx", bytesOf(8), card);
    const contents = await files.contentsOf([{ kind: "model", file: "mine" }]);
    expect(contents.get("mine")).toEqual(bytesOf(8));
    expect(JSON.parse(new TextDecoder().decode(contents.get("mine.json")))).toEqual(card);
    expect([...(await files.contentsOf([{ kind: "model", file: "mine.onnx" }])).keys()]).toEqual([
      "mine.onnx",
      "mine.json",
    ]);
  });

  test("a model with another card is another file", async () => {
    const { files } = open();
    const one = await files.putModel("mine.onnx", bytesOf(8), { denoodle: {} });
    const other = await files.putModel("mine.onnx", bytesOf(8), null);
    expect([one.name, other.name]).toEqual(["mine.onnx", "mine-2.onnx"]);
    expect(one.sha256).toBe(other.sha256);
  });
});

test.each([
  ["cat.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "picture"],
  ["cat.txt", [0xff, 0xd8, 0xff, 0xe0], "picture"],
  ["a.npy", [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], "array"],
  ["mine.ONNX", [8, 7], "model"],
  ["notes.txt", [104, 105], null],
])("tells what %s is", (name, head, kind) => {
  expect(kindOf(name, Uint8Array.from(head))).toBe(kind);
});
