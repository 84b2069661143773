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
  if (!isJsonArray(nodes) || !nodes.every(isNodeWithId))
    return { left: { ...(nodes === undefined ? {} : { nodes }), ...(edges === undefined ? {} : { edges }) } };
  const ids = new Set(nodes.map(({ id }) => id));
  const list = isJsonArray(edges) ? edges : [];
  const wires = list.filter(isEdge).map(([from, to]) => ({ from, to: to.split(".") }));
  const placed = wires.filter(({ to }) => to.length === 2 && ids.has(to[0] ?? ""));
  const graph = nodes.map(({ id, ...node }) => {
    const into = placed.filter(({ to }) => to[0] === id).map(({ from, to }) => [to[1] ?? "", from]);
    return [id, nodeOf(node, into.length === 0 ? {} : { in: Object.fromEntries(into) })] as const;
  });
  const unplaced = list.filter(
    (edge) => !(isEdge(edge) && edge[1].split(".").length === 2 && ids.has(edge[1].split(".")[0] ?? "")),
  );
  return { graph: Object.fromEntries(graph), left: unplaced.length === 0 ? {} : { edges: unplaced } };
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
