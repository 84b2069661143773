import type { Body, Document, IfZone, Loop, Node, Slot } from "./document.ts";
import { isIfZone, isLoop } from "./document.ts";
import type { FilePath } from "./file-path.ts";
import { own } from "./own.ts";

/**
 * A body and what encloses it. References resolve from the inside outwards and stop at the
 * root, which is the graph or a block.
 */
export type Scope = RootScope | LoopScope | BranchScope;

interface ScopeParts {
  readonly body: Body;
  /** Where the body stands in the file. */
  readonly path: FilePath;
  /** Ids of the zones around, outermost first; `blocks/NAME` before them inside a block. */
  readonly zonePath: readonly string[];
}

export interface RootScope extends ScopeParts {
  readonly kind: "root";
  readonly parent: null;
  readonly inputs: Readonly<Record<string, Slot>>;
  /** Null for the graph itself. */
  readonly block: string | null;
}

export interface LoopScope extends ScopeParts {
  readonly kind: "loop";
  readonly parent: Scope;
  readonly id: string;
  readonly zone: Loop;
}

export interface BranchScope extends ScopeParts {
  readonly kind: "branch";
  readonly parent: Scope;
  readonly id: string;
  readonly zone: IfZone;
  readonly branch: "then" | "else";
}

export function graphScope({ graph, inputs }: Document): RootScope {
  return {
    kind: "root",
    parent: null,
    inputs,
    block: null,
    body: graph,
    path: ["graph"],
    zonePath: [],
  };
}

/** Null where there is no such block. */
export function blockScope({ blocks }: Document, name: string): RootScope | null {
  const block = own(blocks, name);
  if (block === undefined) return null;
  return {
    kind: "root",
    parent: null,
    inputs: block.inputs,
    block: name,
    body: block.graph,
    path: ["blocks", name, "graph"],
    zonePath: ["blocks", name],
  };
}

export function loopScope(parent: Scope, id: string, zone: Loop): LoopScope {
  const path = [...parent.path, id, "body"];
  return {
    kind: "loop",
    parent,
    id,
    zone,
    body: zone.body,
    path,
    zonePath: [...parent.zonePath, id],
  };
}

export function branchScope(
  parent: Scope,
  id: string,
  zone: IfZone,
  branch: "then" | "else",
): BranchScope {
  return {
    kind: "branch",
    parent,
    id,
    zone,
    branch,
    body: zone[branch].body,
    path: [...parent.path, id, branch, "body"],
    zonePath: [...parent.zonePath, id, branch],
  };
}

/** The scopes of a node's bodies: one of a loop, two of an if, none of any other. */
export function innerScopes(scope: Scope, id: string, node: Node): readonly Scope[] {
  if (isLoop(node)) return [loopScope(scope, id, node)];
  if (!isIfZone(node)) return [];
  return [branchScope(scope, id, node, "then"), branchScope(scope, id, node, "else")];
}

/** A node's path as issues, probes and noise streams name it: `anneal/denoise`. */
export function nodePath(scope: Scope, id: string): string {
  return [...scope.zonePath, id].join("/");
}

/** The scope itself, then the enclosing ones up to the root. */
export function scopesOutwards(scope: Scope): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.parent) scopes.push(at);
  return scopes;
}
