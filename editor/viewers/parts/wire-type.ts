import type { Registry } from "../../../runtime/graph/define-node.ts";
import {
  isBlockNode,
  isIfZone,
  isLoop,
  isPlainNode,
  type Document,
} from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { isResolved, resolveRef } from "../../../runtime/graph/resolve.ts";
import type { PortType } from "../../../runtime/graph/ports.ts";
import {
  blockScope,
  branchScope,
  graphScope,
  loopScope,
  type Scope,
} from "../../../runtime/graph/scope.ts";
import type { Types } from "../../../runtime/graph/types.ts";

/** The type of a wire by the name that probes have, `anneal/denoise.x0`, or of an output, `=x0`; null where it cannot be told. */
export function typeOfWire(document: Document, types: Types, wire: string): PortType | null {
  if (wire.startsWith("=")) return typeOfOutput(document, types, wire.slice(1));
  const parts = wire.split("/");
  const scope = scopeOf(document, graphScope(document), parts.slice(0, -1));
  return scope === null ? null : types.typeOfRef(scope, parts.at(-1) ?? "");
}

/** What the numbers of a wire or an output are counted in, as the node says that gives them; null where it does not. */
export function unitOfWire(document: Document, registry: Registry, wire: string): string | null {
  const parts = wire.startsWith("=")
    ? [own(document.outputs, wire.slice(1)) ?? ""]
    : wire.split("/");
  const scope = scopeOf(document, graphScope(document), parts.slice(0, -1));
  const resolved = scope === null ? null : resolveRef(scope, parts.at(-1) ?? "");
  if (resolved === null || !isResolved(resolved) || resolved.source.kind !== "port") return null;
  const { node, port } = resolved.source;
  const definition = isPlainNode(node) ? registry.find(node.type, node.v) : undefined;
  return own(definition?.units, port) ?? null;
}

/**
 * The type of an output. A task gives what the slot of the name asks for; what it gives beside that (the truth), and
 * what comes out of a zone without a space, is shown as what else the graph restores.
 */
function typeOfOutput(document: Document, types: Types, name: string): PortType | null {
  const typeOf = (ref: string) => types.typeOfRef(graphScope(document), ref);
  const ref = own(document.outputs, name);
  if (ref === undefined && own(document.inputs, name) !== undefined) return typeOf(`@${name}`);
  const type = ref === undefined ? null : typeOf(ref);
  if (type !== null && (type.kind !== "tensor" || type.space !== "unknown")) return type;
  return Object.values(document.outputs).map(typeOf).find(isSignal) ?? type;
}

const isSignal = (type: PortType | null): boolean =>
  type?.kind === "tensor" && type.space === "signal";

function scopeOf(document: Document, scope: Scope, [id, ...rest]: readonly string[]): Scope | null {
  if (id === undefined) return scope;
  const node = own(scope.body, id);
  if (node === undefined) return null;
  if (isLoop(node)) return scopeOf(document, loopScope(scope, id, node), rest);
  if (isIfZone(node)) {
    const [branch, ...inside] = rest;
    if (branch !== "then" && branch !== "else") return null;
    return scopeOf(document, branchScope(scope, id, node, branch), inside);
  }
  if (!isBlockNode(node)) return null;
  const inner = blockScope(document, node.use);
  return inner === null ? null : scopeOf(document, inner, rest);
}
