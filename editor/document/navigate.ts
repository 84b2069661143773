import type { Document } from "../../runtime/graph/document.ts";
import { dependenciesOf, topologicalOrder } from "../../runtime/graph/order.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "./keys.ts";
import { idOf, keyOf, scopeAt, scopeKeyOf } from "./keys.ts";
import { readsOf } from "./reads.ts";
import type { Point } from "./ui.ts";
import { ownerKeyOf } from "./wires.ts";

/** Against the wires, along them, or among what stands in one column. */
export type Direction = "left" | "right" | "up" | "down";

/** Where a thing stands in its body; null where nobody knows. */
export type Whereabouts = (key: Key) => Point | null;

/**
 * The node, slot or output next to one: to the left what it reads first, to the right what reads it, up and down its
 * column and then the next one, so that down alone comes past everything in a body. Null where there is none.
 */
export function neighbour(
  document: Document,
  key: Key,
  direction: Direction,
  whereabouts: Whereabouts,
): Key | null {
  if (direction === "left") return linksOf(document).sources.get(key)?.[0] ?? null;
  if (direction === "right") return linksOf(document).consumers.get(key)?.[0] ?? null;
  const scope = scopeAt(document, scopeKeyOf(key));
  if (scope === null) return null;
  const all = columnsOf(document, scope, whereabouts).flat();
  const at = all.indexOf(key);
  return at === -1 ? null : (all[at + (direction === "down" ? 1 : -1)] ?? null);
}

/** What a body holds, column by column: slots, nodes after all that they read, outputs. */
export function columnsOf(
  document: Document,
  scope: Scope,
  whereabouts: Whereabouts,
): readonly (readonly Key[])[] {
  const depths = depthsOf(scope);
  const nodes: Key[][] = [];
  for (const [id, depth] of depths) (nodes[depth] ??= []).push(keyOf([...scope.path, id]));
  const { slots, outputs } = borderOf(document, scope);
  return [slots, ...nodes, outputs]
    .filter((column) => column !== undefined && column.length > 0)
    .map((column) => sorted(column, whereabouts));
}

/** By height where it is known; names settle the rest. */
const sorted = (keys: readonly Key[], whereabouts: Whereabouts): readonly Key[] =>
  keys.toSorted(
    (a, b) => (whereabouts(a)?.[1] ?? 0) - (whereabouts(b)?.[1] ?? 0) || (a < b ? -1 : 1),
  );

/** How many nodes of the body each one waits for, one after the other; nodes on a cycle stand first. */
function depthsOf({ body }: Scope): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const { order } = topologicalOrder(body);
  for (const id of order) {
    const before = [...dependenciesOf(body, id)].map((read) => depths.get(read) ?? 0);
    depths.set(id, Math.max(-1, ...before) + 1);
  }
  for (const id of Object.keys(body)) if (!depths.has(id)) depths.set(id, 0);
  return depths;
}

function borderOf(document: Document, scope: Scope) {
  if (scope.kind !== "root") return { slots: [], outputs: [] };
  const root = scope.path.slice(0, -1);
  const outputs = scope.block === null ? document.outputs : document.blocks[scope.block]?.outputs;
  return {
    slots: Object.keys(scope.inputs).map((name) => keyOf([...root, "inputs", name])),
    outputs: Object.keys(outputs ?? {}).map((name) => keyOf([...root, "outputs", name])),
  };
}

interface Links {
  readonly sources: ReadonlyMap<Key, readonly Key[]>;
  readonly consumers: ReadonlyMap<Key, readonly Key[]>;
}

const known = new WeakMap<Document, Links>();

/** Who reads whom; the ends of a wire itself lead to both. */
function linksOf(document: Document): Links {
  const before = known.get(document);
  if (before !== undefined) return before;
  const sources = new Map<Key, Key[]>();
  const consumers = new Map<Key, Key[]>();
  for (const { key, target, from } of readsOf(document)) {
    if (from === null) continue;
    const owner = ownerKeyOf(from.source);
    append(sources, key, owner);
    append(consumers, key, target);
    if (owner === target) continue;
    append(sources, target, owner);
    append(consumers, owner, target);
  }
  for (const [key, targets] of consumers) consumers.set(key, nearestFirst(key, targets));
  const links = { sources, consumers };
  known.set(document, links);
  return links;
}

/** Those of the same body, then those inside zones. */
const nearestFirst = (key: Key, targets: readonly Key[]): Key[] =>
  targets.toSorted((a, b) => distance(key, a) - distance(key, b) || (idOf(a) < idOf(b) ? -1 : 1));

const distance = (from: Key, to: Key): number => (scopeKeyOf(from) === scopeKeyOf(to) ? 0 : 1);

function append(map: Map<Key, Key[]>, key: Key, value: Key): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
