import type { Json, JsonObject } from "../json.ts";
import { isJsonArray, isJsonObject } from "../json.ts";

/**
 * Step n turns a file of format n into one of format n + 1. Append only: a shipped step is never edited.
 * What a step does not understand it passes on, for the reader to report.
 */
export const documentSteps: readonly ((file: JsonObject) => JsonObject)[] = [
  function wiresOnConsumers({ title, nodes, edges, ...file }) {
    const { graph, left } = bodyOf(nodes, edges);
    return {
      ...file,
      ...(title === undefined ? {} : { name: title }),
      ...(graph === undefined ? {} : { graph }),
      ...(isJsonObject(file["inputs"]) ? { inputs: defaultsAtZero(file["inputs"]) } : {}),
      ...(isJsonObject(file["blocks"]) ? { blocks: mapEntries(file["blocks"], blockOf) } : {}),
      ...left,
    };
  },
];

type Left = { readonly nodes?: Json; readonly edges?: Json };

/** Format 0 listed nodes with their ids, and edges as pairs of text; nodes had no version. */
function bodyOf(
  nodes: Json | undefined,
  edges: Json | undefined,
): { readonly graph?: JsonObject; readonly left: Left } {
  if (!isJsonArray(nodes) || !nodes.every(isNodeWithId) || !haveOwnIds(nodes))
    return {
      left: {
        ...(nodes === undefined ? {} : { nodes }),
        ...(edges === undefined ? {} : { edges }),
      },
    };
  const { wires, left } = wiresOf(new Set(nodes.map(({ id }) => id)), edges);
  const graph = nodes.map(({ id, ...node }) => {
    const into = wires.get(id);
    return [id, nodeOf(node, into === undefined ? {} : { in: Object.fromEntries(into) })] as const;
  });
  return { graph: Object.fromEntries(graph), left };
}

/** The wires into each node by port; edges that lead to no node, and second ones into a port, are left over. */
function wiresOf(
  ids: ReadonlySet<string>,
  edges: Json | undefined,
): { readonly wires: ReadonlyMap<string, ReadonlyMap<string, string>>; readonly left: Left } {
  const wires = new Map<string, Map<string, string>>();
  const list = isJsonArray(edges) ? edges : edges === undefined ? [] : [edges];
  const left = list.filter((edge) => {
    const [from, to] = isEdge(edge) ? edge : ["", ""];
    const [id = "", port, ...more] = to.split(".");
    const into = wires.get(id) ?? new Map<string, string>();
    if (port === undefined || more.length > 0 || !ids.has(id) || into.has(port)) return true;
    wires.set(id, into.set(port, from));
    return false;
  });
  return { wires, left: left.length === 0 ? {} : { edges: left } };
}

function haveOwnIds(nodes: readonly { readonly id: string }[]): boolean {
  return new Set(nodes.map(({ id }) => id)).size === nodes.length;
}

function nodeOf(node: JsonObject, wires: JsonObject): JsonObject {
  const isBlock = node["type"] === "block";
  const stamped = { ...node, ...(isBlock ? {} : { v: isZone(node) ? 1 : 0 }), ...wires };
  if (node["nodes"] === undefined) return stamped;
  const { nodes, edges, ...zone }: JsonObject = stamped;
  const { graph, left } = bodyOf(nodes, edges);
  return { ...zone, ...(graph === undefined ? {} : { body: graph }), ...left };
}

function isZone({ type }: JsonObject): boolean {
  return typeof type === "string" && type.startsWith("zone/");
}

function blockOf(block: Json): Json {
  if (!isJsonObject(block)) return block;
  const { nodes, edges, ...rest } = block;
  const { graph, left } = bodyOf(nodes, edges);
  const inputs = rest["inputs"];
  return {
    ...rest,
    ...(graph === undefined ? {} : { graph }),
    ...(isJsonObject(inputs) ? { inputs: defaultsAtZero(inputs) } : {}),
    ...left,
  };
}

function defaultsAtZero(slots: JsonObject): JsonObject {
  return mapEntries(slots, (slot) => {
    const node = isJsonObject(slot) ? slot["default"] : undefined;
    if (!isJsonObject(slot) || !isJsonObject(node) || node["type"] === undefined) return slot;
    return { ...slot, default: { ...node, v: 0 } };
  });
}

function mapEntries(object: JsonObject, map: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function isNodeWithId(node: Json): node is JsonObject & { readonly id: string } {
  return isJsonObject(node) && typeof node["id"] === "string";
}

function isEdge(edge: Json): edge is readonly [string, string] {
  return isJsonArray(edge) && edge.length === 2 && edge.every((end) => typeof end === "string");
}
