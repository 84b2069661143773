import type { Issue } from "../base/issue.ts";
import type { Document } from "./document.ts";
import { documentSchema } from "./document-schema.ts";
import type { FilePath } from "./file-path.ts";
import type { Json, JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { parseJson } from "./json-parse.ts";
import type { Layout } from "./layout.ts";
import { documentLayout, entryLayout, layoutFor } from "./layout.ts";
import { migrate } from "./migrations/migrate.ts";
import type { NodeMigration } from "./migrations/node-steps.ts";
import { nodeMigrations } from "./migrations/node-steps.ts";
import { toPlain } from "./to-plain.ts";
import { faultsOf } from "./zod-sentences.ts";

/** What came of reading a file. */
export interface Read {
  /** Null when there are issues. */
  readonly document: Document | null;
  readonly issues: readonly Issue[];
  /** Not faults: what was migrated, and fields that this Denoodle does not know and keeps. */
  readonly notes: readonly Issue[];
}

/** Nodes in one file, in all bodies together. */
export const mostNodes = 100_000;
const mostListed = 1000;

/**
 * Reads a graph file, or the value of one, of this or an older version. Never throws: everything that is wrong is in `issues`, with
 * its path. Unknown nodes, params and fields are kept as they are.
 */
export function readDocument(
  input: unknown,
  migrations: readonly NodeMigration[] = nodeMigrations,
): Read {
  const json = typeof input === "string" ? parseJson(input) : toPlain(input);
  if (!json.ok) return failed([json.issue]);
  const migrated = migrate(json.value, migrations);
  if (!migrated.ok) return failed([migrated.issue]);
  // steps make new keys out of old text
  const again = migrated.notes.length === 0 ? null : toPlain(migrated.file);
  if (again?.ok === false) return failed([again.issue]);
  const file = withEmptyParts(migrated.file);
  const nodes = countNodes(file);
  if (nodes > mostNodes) return failed([tooManyNodes(nodes)]);
  const checked = documentSchema.safeParse(file);
  if (!checked.success) return failed(shapeIssues(checked.error.issues, file));
  return {
    document: asRead(file, checked.data),
    issues: [],
    notes: [...migrated.notes, ...ghostFields(file)],
  };
}

function failed(issues: readonly Issue[]): Read {
  return { document: null, issues, notes: [] };
}

/** The file itself, which the schema found to be a document: zod's copy drops nothing, but reorders keys. */
function asRead(file: JsonObject, checked: Document): Document {
  return Object.assign(checked, file);
}

/** Fields that may be left out by whoever writes a file by hand. */
function withEmptyParts(file: JsonObject): JsonObject {
  return { inputs: {}, outputs: {}, blocks: {}, ...file };
}

function shapeIssues(issues: Parameters<typeof faultsOf>[0], file: JsonObject): readonly Issue[] {
  return faultsOf(issues, file)
    .slice(0, mostListed)
    .map(({ path, message, expected, got }) => ({
      code: "document.shape",
      message,
      at: { path },
      expected,
      got,
    }));
}

function tooManyNodes(nodes: number): Issue {
  return {
    code: "document.size",
    message: `The file has ${nodes} nodes; at most ${mostNodes} are read.`,
    at: { path: ["graph"] },
  };
}

function countNodes(file: JsonObject): number {
  const blocks = isJsonObject(file["blocks"]) ? Object.values(file["blocks"]) : [];
  return [file, ...blocks].reduce<number>((sum, owner) => sum + nodesIn(field(owner, "graph")), 0);
}

function nodesIn(body: Json | undefined): number {
  if (!isJsonObject(body)) return 0;
  return Object.values(body).reduce<number>((sum, node) => sum + 1 + nodesInside(node), 0);
}

function nodesInside(node: Json): number {
  const owners = [node, field(node, "then"), field(node, "else")];
  return owners.reduce<number>((sum, owner) => sum + nodesIn(field(owner, "body")), 0);
}

function field(owner: Json | undefined, key: string): Json | undefined {
  return isJsonObject(owner) && Object.hasOwn(owner, key) ? owner[key] : undefined;
}

/** A note for each field that is not part of the format. */
function ghostFields(file: JsonObject): readonly Issue[] {
  const notes: Issue[] = [];
  const visit = (value: Json, layout: Layout, path: FilePath): void => {
    if (!isJsonObject(value) || notes.length >= mostListed) return;
    const known = layoutFor(layout, value);
    if (known.kind === "free") return;
    for (const [key, entry] of Object.entries(value)) {
      if (known.kind === "fields" && !Object.hasOwn(known.fields, key))
        notes.push(ghost(key, [...path, key]));
      else visit(entry, entryLayout(known, key), [...path, key]);
    }
  };
  visit(file, documentLayout, []);
  return notes;
}

function ghost(key: string, path: FilePath): Issue {
  return {
    code: "ghost.field",
    message: `The field "${key}" is not known here; it is kept as it is.`,
    at: { path },
  };
}
