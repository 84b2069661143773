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
import { keyOf } from "./keys.ts";

/** A reference of the file, as the wire that it is. */
export interface Wire {
  /** Where it ends: the place of the reference in the file. */
  readonly key: Key;
  readonly ref: Ref;
  /** The node, or the slot or output, that it ends at. */
  readonly target: Key;
  readonly role: RefRole;
  /** The port, rail or output that it feeds. */
  readonly name: string;
  /** The body that it is read in. */
  readonly scope: Scope;
  /** Where it comes from; null where the reference leads nowhere. */
  readonly from: Resolved | null;
}

/** The wires that end at a node itself; rails of a zone count as the zone's, not those of the nodes in it. */
export function wiresOfNode(scope: Scope, id: string, node: Node): readonly Wire[] {
  const bodies = innerScopes(scope, id, node);
  return refSites(node).map(({ path, ref, role, name, scope: read }) => {
    const body = read === "else" ? bodies[1] : bodies[0];
    const within = read === "outer" ? scope : (body ?? scope);
    const target = keyOf([...scope.path, id]);
    return {
      key: `${target}/${keyOf(path)}`,
      ref,
      target,
      role,
      name,
      scope: within,
      from: sourceOf(within, ref),
    };
  });
}

/** The wires into the outputs of the graph or of a block; none of an inner body. */
export function wiresOfOutputs(document: Document, scope: Scope): readonly Wire[] {
  if (scope.kind !== "root") return [];
  const root = scope.path.slice(0, -1);
  const outputs =
    scope.block === null ? document.outputs : (document.blocks[scope.block]?.outputs ?? {});
  return Object.entries(outputs).map(([name, ref]) => {
    const key = keyOf([...root, "outputs", name]);
    return { key, ref, target: key, role: "output", name, scope, from: sourceOf(scope, ref) };
  });
}

/**
 * Names the place a wire comes from, as `PortView.key` does: `graph/denoise/out/x0`, `inputs/prior/out`,
 * `graph/anneal/states/x/current`, `graph/anneal/counters/k`.
 */
export function sourceKeyOf(source: Source): Key {
  const { scope } = source;
  if (source.kind === "port") return keyOf([...scope.path, source.id, "out", source.port]);
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
  if (source.kind === "port") return keyOf([...scope.path, source.id]);
  const owner = scope.path.slice(0, -1);
  return source.kind === "input" ? keyOf([...owner, "inputs", source.name]) : keyOf(owner);
}

function sourceOf(scope: Scope, ref: Ref): Resolved | null {
  const resolved = resolveRef(scope, ref);
  return isResolved(resolved) ? resolved : null;
}
