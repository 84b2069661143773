import type { Document } from "../../runtime/graph/document.ts";
import { isIfZone, isLoop } from "../../runtime/graph/document.ts";
import type { FilePath } from "../../runtime/graph/file-path.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { blockScope, branchScope, graphScope, loopScope } from "../../runtime/graph/scope.ts";

/**
 * Names a thing of a document by its place in the file, joined by "/": a node `graph/anneal/body/denoise`, a slot
 * `inputs/prior`, an output `outputs/x0`, a note `ui/notes/n1`, a body `graph/anneal/body`, the place a wire ends in
 * `graph/anneal/body/denoise/in/x`. An issue's `at.path` is one, unjoined.
 */
export type Key = string;

export const keyOf = (path: FilePath): Key => path.join("/");

const bodies = new WeakMap<Scope, Key>();

/** The key of a body. */
export function bodyKeyOf(scope: Scope): Key {
  const before = bodies.get(scope);
  if (before !== undefined) return before;
  const key = keyOf(scope.path);
  bodies.set(scope, key);
  return key;
}

/** The key of a node of a body. */
export const nodeKeyOf = (scope: Scope, id: string): Key => `${bodyKeyOf(scope)}/${id}`;

export const pathOf = (key: Key): readonly string[] => key.split("/");

/** The body that a key names, or the nearest one around what it names; null where the document has no such thing. */
export function scopeAt(document: Document, key: Key): Scope | null {
  const [first, ...rest] = pathOf(key);
  if (first === "blocks") {
    const [name = "", , ...inside] = rest;
    const block = blockScope(document, name);
    return block === null ? null : scopeWithin(block, inside);
  }
  return scopeWithin(graphScope(document), first === "graph" ? rest : []);
}

function scopeWithin(scope: Scope, path: readonly string[]): Scope {
  const [id, part, ...rest] = path;
  const node = id === undefined ? undefined : own(scope.body, id);
  if (id === undefined || node === undefined || part === undefined) return scope;
  if (isLoop(node) && part === "body") return scopeWithin(loopScope(scope, id, node), rest);
  if (isIfZone(node) && (part === "then" || part === "else") && rest[0] === "body")
    return scopeWithin(branchScope(scope, id, node, part), rest.slice(1));
  return scope;
}

/** The key of the body that directly holds a node, a slot or an output; slots and outputs belong to the root body. */
export function scopeKeyOf(key: Key): Key {
  const path = pathOf(key);
  const last = path.at(-2);
  if (last === "inputs" || last === "outputs") return keyOf([...path.slice(0, -2), "graph"]);
  if (path[0] === "ui") return "graph";
  return keyOf(path.slice(0, -1));
}

/** The name of a node in its body, of a slot, or of an output. */
export const idOf = (key: Key): string => pathOf(key).at(-1) ?? "";

/**
 * The name by which the document's `ui` block keeps a position, which is how messages and probes name it too: a node
 * `anneal/denoise`, a slot `@prior`, an output `=x0`; inside a block `blocks/sgld/step`.
 */
export function uiNameOf(key: Key): string {
  const before = uiNames.get(key);
  if (before !== undefined) return before;
  if (uiNames.size >= mostNames) uiNames.clear();
  const name = makeUiName(key);
  uiNames.set(key, name);
  return name;
}

/** Asked for every node after every edit. */
const uiNames = new Map<Key, string>();
const mostNames = 50_000;

function makeUiName(key: Key): string {
  const path = pathOf(key);
  const block = path[0] === "blocks" ? path.slice(0, 2) : [];
  const [part, ...inside] = path.slice(block.length);
  if (part === "inputs") return [...block, `@${inside[0] ?? ""}`].join("/");
  if (part === "outputs") return [...block, `=${inside[0] ?? ""}`].join("/");
  return [...block, ...namesIn(inside)].join("/");
}

/** Ids and branch names of a path inside a body; the word `body` between them is left out. */
function namesIn(path: readonly string[]): readonly string[] {
  const [id, part, ...rest] = path;
  if (id === undefined) return [];
  if (part === "body") return [id, ...namesIn(rest)];
  if (part === "then" || part === "else") return [id, part, ...namesIn(rest.slice(1))];
  return [id];
}

/** The key of a node by the path that messages name it by: `anneal/denoise`; null where there is no such node. */
export function keyOfNode(document: Document, path: string): Key | null {
  const names = path.split("/");
  let body: Key = keyOf(graphScope(document).path);
  for (let i = 0; i < names.length; i += 1) {
    const node = own(scopeAt(document, body)?.body, names[i] ?? "");
    const key = `${body}/${names[i] ?? ""}`;
    if (node === undefined) return null;
    if (i === names.length - 1) return key;
    if (isLoop(node)) body = `${key}/body`;
    else if (isIfZone(node)) {
      i += 1;
      body = `${key}/${names[i] ?? ""}/body`;
    } else return key;
  }
  return null;
}
