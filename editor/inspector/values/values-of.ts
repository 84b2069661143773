import type { Document } from "../../../runtime/graph/document.ts";
import { isResolved, resolveRef, type Source } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { scopeAt, scopeKeyOf } from "../../document/keys.ts";
import type { NodeView, PortView } from "../../document/view/view.ts";
import { wireNameOf } from "../../document/wire-name.ts";
import { sourceKeyOf } from "../../document/wires.ts";
import type { WireName } from "../../run/run-store.ts";

/** A port of a node, and the wire that has its values. */
export interface PortValue {
  readonly name: string;
  readonly side: "in" | "out";
  readonly wire: WireName;
  /** Of a rail: its value is what the wire held an iteration before, and at first what `init` holds. */
  readonly rail: { readonly init: WireName | null } | null;
}

/** Ports whose values a run can tell: tensors and numbers on wires. */
export function valuesOf(document: Document, view: NodeView): readonly PortValue[] {
  const scope = scopeAt(document, scopeKeyOf(view.key));
  if (scope === null) return [];
  const ins = view.inputs.flatMap((port) => inputValue(scope, port) ?? []);
  const outs = view.outputs.flatMap((port): readonly PortValue[] => {
    const wire = isKept(port) ? wireNameOf(port.key) : null;
    return wire === null ? [] : [{ name: port.label, side: "out", wire, rail: null }];
  });
  return [...ins, ...outs];
}

const isKept = ({ type }: Pick<PortView, "type">): boolean =>
  type === null || ["tensor", "number", "scalar"].includes(type.kind);

function inputValue(scope: Scope, port: PortView): PortValue | null {
  const resolved = port.ref === null || !isKept(port) ? null : resolveRef(scope, port.ref);
  if (resolved === null || !isResolved(resolved)) return null;
  const { source } = resolved;
  const name = port.label;
  if (source.kind === "port") {
    const wire = wireNameOf(sourceKeyOf(source));
    return wire === null ? null : { name, side: "in", wire, rail: null };
  }
  return source.kind === "state" && source.back === 0 ? railValue(name, source) : null;
}

function railValue(
  name: string,
  { scope, state: { init, next } }: Extract<Source, { kind: "state" }>,
): PortValue | null {
  const wire = wireOf(scope, next);
  return wire === null
    ? null
    : { name, side: "in", wire, rail: { init: wireOf(scope.parent, init) } };
}

function wireOf(scope: Scope, ref: string): WireName | null {
  const resolved = resolveRef(scope, ref);
  if (!isResolved(resolved)) return null;
  const { source }: { readonly source: Source } = resolved;
  return source.kind === "port" ? wireNameOf(sourceKeyOf(source)) : null;
}
