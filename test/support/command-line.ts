import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { readNpy } from "../../runtime/tensor/npy.ts";

const bin = fileURLToPath(new URL("../../bin/denoodle.mjs", import.meta.url));

/** What `denoodle run` left of one output. */
export interface CommandOutput {
  readonly values: readonly number[];
  /** The 8-bit grey levels of its picture file; null where it has none. */
  readonly greys: Uint8Array | null;
}

/** Runs a graph's text with `denoodle run`, as somebody would who was sent the file. It must say nothing on stderr. */
export async function runCommandLine(
  text: string,
  output: string,
  argv: readonly string[] = [],
): Promise<CommandOutput> {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-page-"));
  try {
    const file = join(folder, "graph.json");
    writeFileSync(file, text);
    const out = join(folder, "out");
    const args = [bin, "run", file, "--out", out, ...argv];
    const { stderr } = await promisify(execFile)(process.execPath, args);
    if (stderr !== "") throw new Error(stderr);
    const { shape, data } = readNpy(new Uint8Array(readFileSync(join(out, `${output}.npy`))));
    const isPicture = shape.length === 4 && shape[0] === 1 && shape[1] === 1;
    const greys = isPicture ? await greysOf(join(out, `${output}.png`)) : null;
    return { values: Array.from(data, Number), greys };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function greysOf(file: string): Promise<Uint8Array> {
  const { data, info } = await sharp(readFileSync(file))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data).filter((_, i) => i % info.channels === 0);
}
