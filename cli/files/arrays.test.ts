import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { readNpyFile, readNpzFile, readTapeFile, writeNpyFile, writeNpzFile } from "./arrays.ts";
import { sha256File } from "./bytes.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "denoodle-arrays-"));
});
afterAll(() => rm(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);
const tensor = float32([1, 2, 3], [3]);

test("arrays are read back as they were written", async () => {
  await writeNpyFile(file("a.npy"), tensor);
  await writeNpzFile(file("a.npz"), { "zone/node": tensor });
  expect(await readNpyFile(file("a.npy"))).toEqual(tensor);
  expect(await readNpzFile(file("a.npz"))).toEqual({ "zone/node": tensor });
  expect(await readTapeFile(file("a.npz"))).toEqual({ "zone/node": tensor });
});

test("a broken array is reported at the path", async () => {
  await writeFile(file("b.npy"), "nonsense");
  await expect(readNpyFile(file("b.npy"))).rejects.toThrow(
    `${file("b.npy")}: The bytes are no .npy file`,
  );
  await expect(readTapeFile(file("none.npz"))).rejects.toThrow("[file.missing]");
});

test("the SHA-256 of a file is that of its bytes", async () => {
  await writeFile(file("abc"), "abc");
  expect(await sha256File(file("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  await expect(sha256File(file("none"))).rejects.toThrow("[file.missing]");
});
