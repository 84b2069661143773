import type { Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { jsonLimits } from "../../runtime/graph/json.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { Message } from "../document/history.ts";
import { isPng } from "./png-chunks.ts";

/** What came of reading a graph from wherever it was. */
export type GraphRead =
  | { readonly document: Document; readonly notes: readonly Issue[] }
  | { readonly document: null; readonly why: Message; readonly issues: readonly Issue[] };

const refused = (key: string, values: Message["values"] = {}): GraphRead => ({
  document: null,
  why: { key: `storage.refused.${key}`, values },
  issues: [],
});

/** Bytes of a graph file, or of a picture that holds one, that are read at all. */
export const mostBytes = { json: jsonLimits.length, png: 64 * 2 ** 20 } as const;

const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

/** Reads a file of any kind and content: a graph, a picture with a graph in it, or a reason why it is neither. */
export async function readGraphFile(file: Blob): Promise<GraphRead> {
  const png = isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()));
  const most = png ? mostBytes.png : mostBytes.json;
  if (file.size > most)
    return refused("size", { size: megabytes(file.size), most: megabytes(most) });
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (png) {
    const text = (await import("./png-graph.ts")).graphInPng(bytes);
    return text === null ? refused("picture") : readGraphText(text);
  }
  const isNamedGraph = !(file instanceof File) || /\.json$/iu.test(file.name);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return isNamedGraph || looksLikeGraph(text) ? readGraphText(text) : refused("kind");
  } catch (fault) {
    if (fault instanceof TypeError) return refused(isNamedGraph ? "text" : "kind");
    throw fault;
  }
}

const looksLikeGraph = (text: string): boolean => text.trimStart().startsWith("{");

export function readGraphText(text: string): GraphRead {
  const { document, issues, notes } = readDocument(text);
  if (document !== null) return { document, notes };
  return { document, why: { key: "storage.refused.faulty" }, issues };
}
