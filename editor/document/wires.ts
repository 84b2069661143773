import type { Document, Node } from "../../runtime/graph/document.ts";
import type { RefRole } from "../../runtime/graph/ref-sites.ts";
import { refSites } from "../../runtime/graph/ref-sites.ts";
import type { Ref } from "../../runtime/graph/refs.ts";
import { unreachable } from "../../runtime/base/unreachable.ts";
import type { Resolved, Source } from "../../runtime/graph/resolve.ts";
import { isResolved, resolveRef } from "../../runtime/graph/resolve.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Key } from "./keys.ts";
import { keyOf, nodeKeyOf } from "./keys.ts";

/** One use of a name: a wire, or a name inside an expression. */
export interface Read {
  /** The place of the reference, or of the param that holds the expression. */
  readonly key: Key;
  /** The node or output that reads. */
  readonly target: Key;
  readonly ref: Ref;
  /** The body that it is read in. */
  readonly scope: Scope;
  /** Where it comes from; null where the reference leads nowhere. */
  readonly from: Resolved | null;
  readonly inExpression: boolean;
}

/** A reference of the file, as the wire that it is. */
export interface Wire extends Read {
  readonly role: RefRole;
  /** The port, rail or output that it feeds. */
  readonly name: string;
  readonly inExpression: false;
}

/** The wires that end at a node itself; rails of a zone count as the zone's, not those of the nodes in it. */
export function wiresOfNode(scope: Scope, id: string, node: Node): readonly Wire[] {
  const bodies = innerScopes(scope, id, node);
  const target = nodeKeyOf(scope, id);
  return refSites(node).map(({ path, ref, role, name, scope: read }): Wire => {
    const body = read === "else" ? bodies[1] : bodies[0];
    const within = read === "outer" ? scope : (body ?? scope);
    const key = `${target}/${keyOf(path)}`;
    const from = sourceOf(within, ref);
    return { key, ref, target, role, name, scope: within, from, inExpression: false };
  });
}

/** The wires into the outputs of the graph or of a block; none of an inner body. */
export function wiresOfOutputs(document: Document, scope: Scope): readonly Wire[] {
  if (scope.kind !== "root") return [];
  const root = scope.path.slice(0, -1);
  const outputs =
    scope.block === null ? document.outputs : (document.blocks[scope.block]?.outputs ?? {});
  return Object.entries(outputs).map(([name, ref]): Wire => {
    const key = keyOf([...root, "outputs", name]);
    const from = sourceOf(scope, ref);
    return { key, ref, target: key, role: "output", name, scope, from, inExpression: false };
  });
}

/**
 * Names the place a wire comes from, as `PortView.key` does: `graph/denoise/out/x0`, `inputs/prior/out`,
 * `graph/anneal/states/x/current`, `graph/anneal/counters/k`.
 */
export function sourceKeyOf(source: Source): Key {
  const { scope } = source;
  if (source.kind === "port") return `${nodeKeyOf(scope, source.id)}/out/${source.port}`;
  const owner = scope.path.slice(0, -1);
  switch (source.kind) {
    case "input":
      return keyOf([...owner, "inputs", source.name, "out"]);
    case "state":
      return keyOf([
        ...owner,
        "states",
        source.name,
        "current",
        ...(source.back === 0 ? [] : [source.back]),
      ]);
    case "element":
      return keyOf([...owner, "each", source.name, "current"]);
    case "counter":
      return keyOf([...owner, "counters", source.name]);
    default:
      return unreachable(source);
  }
}

/** The node, zone or slot that a wire comes from; of a rail its zone. */
export function ownerKeyOf(source: Source): Key {
  const { scope } = source;
  if (source.kind === "port") return nodeKeyOf(scope, source.id);
  const owner = scope.path.slice(0, -1);
  return source.kind === "input" ? keyOf([...owner, "inputs", source.name]) : keyOf(owner);
}

function sourceOf(scope: Scope, ref: Ref): Resolved | null {
  const resolved = resolveRef(scope, ref);
  return isResolved(resolved) ? resolved : null;
}
