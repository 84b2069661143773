import { readdirSync, readFileSync } from "node:fs";
import { formatIssue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";

const folder = new URL("../../graphs/samplers/", import.meta.url);

/** Names of all samplers that are shipped. */
export const samplerNames: readonly string[] = readdirSync(folder).map((file) =>
  file.replace(".json", ""),
);

export function openSampler(name: string): Document {
  const text = readFileSync(new URL(`${name}.json`, folder), "utf8");
  const { document, issues } = readDocument(text);
  if (document === null) throw new Error(`${name}: ${issues.map(formatIssue).join("\n")}`);
  return document;
}
