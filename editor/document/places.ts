import type { Document, Node } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Key } from "./keys.ts";
import { keyOf, pathOf, scopeAt } from "./keys.ts";

/** A node by its key, and what a longer key says after it: `["in", "x"]`. */
export interface NodePlace {
  readonly key: Key;
  readonly scope: Scope;
  readonly id: string;
  readonly node: Node;
  readonly rest: readonly string[];
}

/** The innermost node that a key names or lies in; null for slots, outputs, bodies and what is not there. */
export function placeOf(document: Document, key: Key): NodePlace | null {
  const path = pathOf(key);
  const scope = scopeAt(document, key);
  if (scope === null || path[scope.path.length - 1] !== scope.path.at(-1)) return null;
  const id = path[scope.path.length];
  const node = id === undefined ? undefined : own(scope.body, id);
  if (id === undefined || node === undefined) return null;
  const rest = path.slice(scope.path.length + 1);
  return { key: keyOf([...scope.path, id]), scope, id, node, rest };
}

/** The node that a key names itself. */
export function nodeAt(document: Document, key: Key): NodePlace | null {
  const place = placeOf(document, key);
  return place?.key === key ? place : null;
}

/** What a key names among the inputs or outputs of the graph or of a block. */
export interface InterfacePlace {
  readonly group: "inputs" | "outputs";
  readonly name: string;
  /** Null: the graph's own. */
  readonly block: string | null;
}

export function interfaceAt(key: Key): InterfacePlace | null {
  const path = pathOf(key);
  const block = path[0] === "blocks" ? (path[1] ?? null) : null;
  const [group, name, ...more] = path.slice(block === null ? 0 : 2);
  if ((group !== "inputs" && group !== "outputs") || name === undefined) return null;
  return more.length === 0 || (group === "inputs" && more[0] === "out")
    ? { group, name, block }
    : null;
}

/** The body in which the reference at a place of a node is read. */
export function scopeOfSite({ scope, id, node, rest }: NodePlace): Scope {
  const [part, , side] = rest;
  const bodies = innerScopes(scope, id, node);
  const inside =
    part === "scans" || part === "stop" || part === "while" || part === "then" || side === "next";
  if (part === "else") return bodies[1] ?? scope;
  return inside ? (bodies[0] ?? scope) : scope;
}
