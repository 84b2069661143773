import { strFromU8, strToU8, zlibSync } from "fflate";
import type { Document } from "../../runtime/graph/document.ts";
import { jsonLimits } from "../../runtime/graph/json.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { inflateText } from "./inflate-limited.ts";
import { readChunks, writeChunks } from "./png-chunks.ts";

/** The keyword of the iTXt chunk that holds a graph. */
const keyword = "denoodle";

/** The picture with the document in it; what it held before of another document is replaced. Null where it is no PNG. */
export function pngWithGraph(png: Uint8Array, document: Document): Uint8Array<ArrayBuffer> | null {
  const chunks = readChunks(png);
  if (chunks?.at(-1)?.type !== "IEND") return null;
  const kept = chunks.filter(({ type, data }) => type !== "iTXt" || !isOurs(data));
  // keyword, 0; compressed, by deflate; no language, 0; no translation, 0; text
  const head = strToU8(`${keyword}\0\u0001\0\0\0`, true);
  const text = zlibSync(strToU8(writeDocument(document)), { level: 9 });
  const data = new Uint8Array(head.length + text.length);
  data.set(head);
  data.set(text, head.length);
  return writeChunks([...kept.slice(0, -1), { type: "iTXt", data }, ...kept.slice(-1)]);
}

/** The text of the graph that a PNG file holds; null where it holds none, or a broken one. */
export function graphInPng(png: Uint8Array): string | null {
  const chunk = readChunks(png)?.find(({ type, data }) => type === "iTXt" && isOurs(data));
  if (chunk === undefined) return null;
  const { data } = chunk;
  const compressed = data[keyword.length + 1] === 1;
  const language = data.indexOf(0, keyword.length + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return null;
  const text = data.subarray(translated + 1);
  return compressed ? inflateText(text, jsonLimits.length, "zlib") : strFromU8(text);
}

const isOurs = (data: Uint8Array): boolean =>
  strFromU8(data.subarray(0, keyword.length + 1), true) === `${keyword}\0`;
