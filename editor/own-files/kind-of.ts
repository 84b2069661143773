import type { OwnFileKind } from "./own-file.ts";

/** Bytes that tell what a file is; the first ones are enough. */
export const kindBytes = 16;

/** Blocks come out of graphs. */
type GivenKind = Exclude<OwnFileKind, "block">;

const heads: readonly (readonly [kind: GivenKind, offset: number, head: string])[] = [
  ["picture", 0, "\x89PNG\r\n\x1a\n"],
  ["picture", 0, "\xff\xd8\xff"],
  ["picture", 8, "WEBP"],
  ["audio", 8, "WAVE"],
  ["array", 0, "\x93NUMPY"],
];

/** What a file is: by its first bytes, a model by its name; null for what no graph can name. */
export function kindOf(name: string, head: Uint8Array): GivenKind | null {
  const text = String.fromCodePoint(...head.subarray(0, kindBytes));
  const known = heads.find(([, offset, start]) => text.startsWith(start, offset));
  if (known !== undefined) return known[0];
  return /\.onnx$/iu.test(name) ? "model" : null;
}
