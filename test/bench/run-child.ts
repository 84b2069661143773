import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { ChildName } from "./children.ts";

const figures = z.record(z.string(), z.number());

/** Measures in a fresh process: its numbers, and `peakMB`, the most memory that it held. */
export async function runChild(
  name: ChildName,
  settings: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, number>>> {
  const file = fileURLToPath(new URL("child.ts", import.meta.url));
  const args = ["--expose-gc", "--import", "tsx", file, name, JSON.stringify(settings)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return figures.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
