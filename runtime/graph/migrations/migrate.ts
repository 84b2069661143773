import type { Issue } from "../../base/issue.ts";
import { documentVersion } from "../document.ts";
import { formatGot } from "../format-got.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { documentSteps } from "./document-steps.ts";
import type { NodeMigration } from "./node-steps.ts";

export type Migrated =
  | { readonly ok: true; readonly file: JsonObject; readonly notes: readonly Issue[] }
  | { readonly ok: false; readonly issue: Issue };

/** Brings a file to the current format and its nodes to the versions that the steps lead to. */
export function migrate(file: Json, steps: readonly NodeMigration[]): Migrated {
  if (!isJsonObject(file)) return refused(`Expected an object, got ${formatGot(file)}.`);
  const version = file["denoodle"];
  if (version === undefined)
    return refused(
      'This is not a Denoodle file: the field "denoodle" is missing.',
      [],
      `Begin it with "denoodle": ${documentVersion}.`,
    );
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0)
    return refused(`Expected a whole number as version, got ${formatGot(version)}.`, ["denoodle"]);
  if (version > documentVersion)
    return refused(
      `This file is of version ${version}; this Denoodle reads ${documentVersion}.`,
      ["denoodle"],
      "Update Denoodle.",
    );
  const current = documentSteps
    .slice(version)
    .reduce<JsonObject>((old, step, i) => ({ ...step(old), denoodle: version + i + 1 }), file);
  const moved: string[] = [];
  const migrated = migrateFile(current, nodeStepper(steps, moved));
  return { ok: true, file: migrated, notes: notesOf(version, moved) };
}

function notesOf(version: number, moved: readonly string[]): readonly Issue[] {
  const note = (message: string): Issue => ({
    code: "migrated",
    message,
    at: { path: ["denoodle"] },
  });
  return [
    ...(version === documentVersion
      ? []
      : [
          note(
            `The file was read from version ${version}; it will be saved as version ${documentVersion}.`,
          ),
        ]),
    ...[...new Set(moved)].map((what) => note(`Nodes were brought up to date: ${what}.`)),
  ];
}

function refused(message: string, path: readonly string[] = [], fix?: string): Migrated {
  return {
    ok: false,
    issue: {
      code: "document.version",
      message,
      at: { path },
      ...(fix === undefined ? {} : { fix }),
    },
  };
}

type NodeMap = (node: JsonObject) => JsonObject;

/** Applies steps to a node until none is left; version 0 without a step of its own equals 1. */
function nodeStepper(steps: readonly NodeMigration[], moved: string[]): NodeMap {
  const table = new Map<string, NodeMigration>();
  for (const row of steps) {
    const key = `${row.type}@${row.from}`;
    if (table.has(key))
      throw new RangeError(`migrate: two steps for ${row.type} from version ${row.from}`);
    table.set(key, row);
  }
  return (node) => {
    let { type, v } = node;
    let current = node;
    while (typeof type === "string" && typeof v === "number") {
      const row = table.get(`${type}@${v}`);
      if (row === undefined && v !== 0) break;
      if (row !== undefined) moved.push(`${type} ${v} → ${v + 1}`);
      current = { ...(row?.step(current) ?? current), v: v + 1 };
      ({ type, v } = current);
    }
    return current;
  };
}

function migrateFile(file: JsonObject, map: NodeMap): JsonObject {
  return withGraph(
    mapField(file, "blocks", (block) => (isJsonObject(block) ? withGraph(block, map) : block)),
    map,
  );
}

/** A graph or a block: its slots' defaults and its nodes. */
function withGraph(owner: JsonObject, map: NodeMap): JsonObject {
  const slots = mapField(owner, "inputs", (slot) => {
    const node = isJsonObject(slot) ? slot["default"] : undefined;
    return isJsonObject(slot) && isJsonObject(node) ? { ...slot, default: map(node) } : slot;
  });
  return mapField(slots, "graph", (node) => mapNode(node, map));
}

function mapNode(node: Json, map: NodeMap): Json {
  if (!isJsonObject(node)) return node;
  const bodies = ["then", "else"].reduce(
    (at, key) => {
      const branch = at[key];
      if (!isJsonObject(branch)) return at;
      return { ...at, [key]: mapField(branch, "body", (inner) => mapNode(inner, map)) };
    },
    mapField(node, "body", (inner) => mapNode(inner, map)),
  );
  return map(bodies);
}

/** The object with each entry of one of its fields mapped; as it is when the field is no object. */
function mapField(object: JsonObject, key: string, map: (value: Json) => Json): JsonObject {
  const field = Object.hasOwn(object, key) ? object[key] : undefined;
  if (!isJsonObject(field)) return object;
  const mapped = Object.entries(field).map(([name, value]) => [name, map(value)] as const);
  return { ...object, [key]: Object.fromEntries(mapped) };
}
