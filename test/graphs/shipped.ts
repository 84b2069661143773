import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Block, Document } from "../../runtime/graph/document.ts";
import { registry } from "../../nodes/index.ts";
import { documentJsonSchema } from "../../runtime/graph/json-schema.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";

export const graphsFolder = path.resolve(import.meta.dirname, "../../graphs");

export const schemaFile = path.resolve(import.meta.dirname, "../../docs/graph.schema.json");

/** The JSON Schema of graph files, with the params of every node that ships. */
export function schemaText(): string {
  return `${JSON.stringify(documentJsonSchema(registry), null, 2)}\n`;
}

/** Paths of the shipped graph files, blocks first: the others embed them. */
export function shippedFiles(): readonly string[] {
  return ["blocks", "samplers", "tasks", "examples"].flatMap((folder) =>
    readdirSync(path.join(graphsFolder, folder))
      .filter((name) => name.endsWith(".json"))
      .map((name) => path.join(graphsFolder, folder, name)),
  );
}

export function readShipped(file: string): Document {
  const { document, issues } = readDocument(readFileSync(file, "utf8"));
  if (document === null)
    throw new Error(`${file}: ${issues.map(({ message }) => message).join(" ")}`);
  return document;
}

/** The text that a shipped file should have: canonical, with the present blocks embedded. */
export function shippedText(file: string): string {
  const document = readShipped(file);
  const blocks = Object.fromEntries(
    Object.keys(document.blocks).map((name) => [name, embedded(name)]),
  );
  return writeDocument({ ...document, blocks });
}

/** A shipped block as it stands in the files that use it, recognised by its hash. */
function embedded(name: string): Block {
  const source = readShipped(path.join(graphsFolder, "blocks", `${name}.json`));
  const block: Block = {
    name: source.name,
    ...(source.about === undefined ? {} : { about: source.about }),
    inputs: source.inputs,
    graph: source.graph,
    outputs: source.outputs,
  };
  const sha256 = createHash("sha256")
    .update(JSON.stringify(sorted(block)))
    .digest("hex");
  return { ...block, sha256 };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
