// Builds runtime/execute/noise/normals.as into normals-wasm.ts beside it: node scripts/noise-wasm.mjs
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = new URL("../runtime/execute/noise/", import.meta.url);
const target = new URL("normals-wasm.ts", folder);

/** The text of normals-wasm.ts for the source beside it. */
export async function buildNoiseModule() {
  const source = await readFile(new URL("normals.as", folder), "utf8");
  let binary;
  const { error, stderr } = await asc.main(
    [
      "normals.ts",
      "--outFile",
      "normals.wasm",
      "--optimizeLevel",
      "3",
      "--shrinkLevel",
      "0",
      "--converge",
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "--noAssert",
      "--initialMemory",
      "1",
      "--maximumMemory",
      "1",
      "--memoryBase",
      "0",
    ],
    {
      readFile: (name) => (name === "normals.ts" ? source : null),
      writeFile: (name, contents) => void (name === "normals.wasm" && (binary = contents)),
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`asc: ${error.message}\n${stderr.toString()}`);
  const text = Buffer.from(binary)
    .toString("base64")
    .match(/.{1,90}/g);
  return [
    "/** The WASM module built from normals.as by scripts/noise-wasm.mjs, in base64. */",
    "export const normalsWasm =",
    `${text.map((line) => `  "${line}"`).join(" +\n")};`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(target, await buildNoiseModule());
}
