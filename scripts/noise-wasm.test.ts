import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
// @ts-expect-error A script without types.
import { buildNoiseModule } from "./noise-wasm.mjs";

test("the noise module that is checked in is the one its source gives", async () => {
  const stored = new URL("../runtime/execute/noise/normals-wasm.ts", import.meta.url);
  expect(await readFile(stored, "utf8")).toBe(await buildNoiseModule());
}, 60_000);
