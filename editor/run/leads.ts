import type { Registry } from "../../runtime/graph/define-node.ts";
import {
  isLoop,
  isPlainNode,
  isZone,
  type Document,
  type Loop,
} from "../../runtime/graph/document.ts";
import { hasPorts, plainPorts } from "../../runtime/graph/node-ports.ts";
import { own } from "../../runtime/graph/own.ts";
import { isResolved, resolveRef, type Source } from "../../runtime/graph/resolve.ts";
import { graphScope, loopScope, type LoopScope, type Scope } from "../../runtime/graph/scope.ts";
import { createTypes, type Types } from "../../runtime/graph/types.ts";
import { sourceKeyOf } from "../document/wires.ts";
import { wireNameOf } from "../document/wire-name.ts";
import type { WireName } from "./run-store.ts";

/** Wires whose frames every run keeps, so that it can be watched without a probe. */
export interface Leads {
  /** By output (`=x0`), the wire of a zone that becomes it: what stands there is the output so far. */
  readonly outputs: Readonly<Record<WireName, WireName>>;
  /** Numbers that outermost zones compute from tensors, such as the norm of a residual. */
  readonly curves: readonly WireName[];
}

/** More of them than this are not drawn together. */
const mostCurves = 6;

export function leadsOf(document: Document, registry: Registry): Leads {
  const types = createTypes(document, registry);
  const scope = graphScope(document);
  const outputs: Record<WireName, WireName> = {};
  for (const [name, ref] of Object.entries(document.outputs)) {
    const lead = leadOf(types, scope, ref);
    if (lead !== null) outputs[`=${name}`] = lead;
  }
  const curves = Object.entries(document.graph).flatMap(([id, node]) =>
    isLoop(node) ? curvesIn(types, registry, loopScope(scope, id, node)) : [],
  );
  return { outputs, curves: curves.slice(0, mostCurves) };
}

/** The wire inside a zone that becomes what a reference means; tensors alone lead on through nodes. */
function leadOf(types: Types, scope: Scope, ref: string): WireName | null {
  const seen = new Set<string>();
  const find = (from: Scope, name: string): WireName | null => {
    const resolved = resolveRef(from, name);
    if (!isResolved(resolved) || resolved.source.kind !== "port") return null;
    const { source } = resolved;
    const { node, port, id } = source;
    const key = sourceKeyOf(source);
    if (seen.has(key)) return null;
    seen.add(key);
    if (isLoop(node)) return leadInLoop(node, loopScope(source.scope, id, node), { key, port });
    for (const read of tensorsInto(types, source)) {
      const lead = find(source.scope, read);
      if (lead !== null) return lead;
    }
    return null;
  };
  return find(scope, ref);
}

/** The tensors that a node makes a tensor of. */
function tensorsInto(types: Types, source: Extract<Source, { kind: "port" }>): readonly string[] {
  const { node, scope } = source;
  if (isZone(node) || types.typeOfSource(source)?.kind !== "tensor") return [];
  return Object.values(node.in ?? {}).filter(
    (ref) => types.typeOfRef(scope, ref)?.kind === "tensor",
  );
}

interface ZonePort {
  readonly key: string;
  readonly port: string;
}

/** What a state becomes next; of what the zone collects, its own frames. */
function leadInLoop(zone: Loop, scope: LoopScope, { key, port }: ZonePort): WireName | null {
  if (own(zone.scans ?? {}, port) !== undefined) return wireNameOf(key);
  const next = own(zone.states ?? {}, port)?.next;
  const resolved = next === undefined ? null : resolveRef(scope, next);
  if (resolved === null || !isResolved(resolved)) return null;
  const { source } = resolved;
  return source.kind === "port" && isInside(source, scope) ? wireNameOf(sourceKeyOf(source)) : null;
}

const isInside = (source: Source, { path }: LoopScope): boolean =>
  source.scope.path.join("/") === path.join("/");

/** Scalars that plain nodes of a body make of tensors; they are on the device. */
function curvesIn(types: Types, registry: Registry, scope: LoopScope): readonly WireName[] {
  return Object.entries(scope.body).flatMap(([id, node]) => {
    if (!isPlainNode(node)) return [];
    const reads = Object.values(node.in ?? {});
    if (!reads.some((ref) => types.typeOfRef(scope, ref)?.kind === "tensor")) return [];
    const ports = plainPorts(registry, node);
    const outputs = hasPorts(ports) ? Object.entries(ports.outputs) : [];
    return outputs.flatMap(([name, { kind }]) =>
      kind === "scalar" ? [`${scope.id}/${id}.${name}`] : [],
    );
  });
}
