import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readBundle, writeBundle } from "./bundle.ts";
import { isZip } from "./is-zip.ts";

const text = '{ "denoodle": 1, "name": "Cat" }';
const picture = Uint8Array.of(1, 2, 3);

describe("a graph with its files", () => {
  test("is read as it was written", () => {
    const bundle = { name: "cat.json", text, files: new Map([["cat.png", picture]]) };
    const zip = writeBundle(bundle);
    expect(isZip(zip)).toBe(true);
    expect(readBundle(zip)).toEqual(bundle);
  });

  test("keeps a card that is called as the graph is", () => {
    const card = strToU8('{ "denoodle": {} }');
    const zip = writeBundle({ name: "mine.json", text, files: new Map([["mine.json", card]]) });
    expect(readBundle(zip)).toEqual({
      name: "graph-mine.json",
      text,
      files: new Map([["mine.json", card]]),
    });
  });

  test("is found in the folder that it was packed in, without what file managers add", () => {
    const zip = zipSync({
      "work/cat.json": strToU8(text),
      "work/cat.png": picture,
      "work/.DS_Store": picture,
      "__MACOSX/work/cat.png": picture,
      "work/notes.json": strToU8("{}"),
    });
    const read = readBundle(zip);
    expect(read).toMatchObject({ name: "cat.json", text });
    expect("files" in read && [...read.files.keys()]).toEqual(["cat.png", "notes.json"]);
  });
});

describe("what is no graph with its files", () => {
  test("is refused in words", () => {
    const none = { refused: { key: "storage.refused.zipGraph" } };
    const broken = { refused: { key: "storage.refused.zip" } };
    expect(readBundle(zipSync({ "cat.png": picture }))).toEqual(none);
    expect(readBundle(zipSync({ "cat.json": strToU8("[1]") }))).toEqual(none);
    expect(readBundle(Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9))).toEqual(broken);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}`, picture]));
    expect(readBundle(zipSync(many))).toEqual(broken);
  });

  test("cannot hold more than is read, whatever its header says", () => {
    const zip = zipSync({ "cat.json": strToU8(text) });
    const central = zip.findIndex(
      (_, i) => zip[i] === 0x50 && zip[i + 2] === 1 && zip[i + 3] === 2,
    );
    const view = new DataView(zip.buffer);
    view.setUint32(central + 24, 0xff_ff_ff_f0, true);
    expect(readBundle(zip)).toEqual({ refused: { key: "storage.refused.zip" } });
  });
});
