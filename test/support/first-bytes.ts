import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** What the built page may ask for by itself before the engine. */
export const mostFirstBytes = 500_000;

/** Scripts and styles that a built page names, as a server would compress them. */
export function firstBytes(folder: string): number {
  const page = readFileSync(path.join(folder, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/gu)];
  if (named.length === 0) throw new Error(`firstBytes: the page in ${folder} names no script`);
  return named.reduce(
    (sum, [, file = ""]) => sum + gzipSync(readFileSync(path.join(folder, file))).length,
    0,
  );
}
