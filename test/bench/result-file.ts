import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { root } from "./subject.ts";

const withVersion = z.looseObject({ version: z.string() });

/** One sentence: where and with what figures were measured. */
export function machine(threads: number): string {
  const ort = withVersion.parse(createRequire(import.meta.url)("onnxruntime-node/package.json"));
  const own = withVersion.parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  const date = new Date().toISOString().slice(0, 10);
  return `Denoodle ${own.version} on ${availableParallelism()} cores, Node ${process.versions.node}, onnxruntime ${ort.version} on the cpu with ${threads} thread${threads === 1 ? "" : "s"}, ${date}.`;
}

/** Writes a file of docs/results. */
export function writeResult(name: string, text: string): void {
  const folder = path.join(root, "docs/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), `${text.trimEnd()}\n`);
}
