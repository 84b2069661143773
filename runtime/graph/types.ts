import { unreachable } from "../base/unreachable.ts";
import type { Registry } from "./define-node.ts";
import type { Document, IfZone, Loop, PlainNode } from "./document.ts";
import { isBlockNode, isIfZone, isLoop, isPlainNode } from "./document.ts";
import { hasPorts, plainPorts, slotTypes } from "./node-ports.ts";
import { own } from "./own.ts";
import type { PortType } from "./ports.ts";
import { port, portFields } from "./ports.ts";
import type { Ref } from "./refs.ts";
import type { Resolved, Source } from "./resolve.ts";
import { isResolved, resolveRef } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { blockScope, branchScope, loopScope } from "./scope.ts";

/** The types that flow along the wires of one document. */
export interface Types {
  /** Null where it cannot be told: a ghost, a missing port, a cycle; `validate` reports those. */
  typeOf(resolved: Resolved): PortType | null;
  /** As `typeOf`, of a reference as written. */
  typeOfRef(scope: Scope, ref: Ref): PortType | null;
  /** The type before a field is taken. */
  typeOfSource(source: Source): PortType | null;
}

/** Beyond this many zones and blocks that wait for one another the type counts as unknown. */
const deepest = 300;

/**
 * Rails take the type of their `init` or list, block ports that of their slots, an `if` that of its branches.
 * Answers are remembered: make a new one for a changed document.
 */
export function createTypes(document: Document, registry: Registry): Types {
  const inference: Inference = { document, registry, known: new Map(), depth: 0 };
  return {
    typeOf: (resolved) => typeOf(inference, resolved),
    typeOfRef: (scope, ref) => typeOfRef(inference, scope, ref),
    typeOfSource: (source) => typeOfSource(inference, source),
  };
}

interface Inference {
  readonly document: Document;
  readonly registry: Registry;
  readonly known: Map<string, PortType | null>;
  depth: number;
}

function typeOfRef(inference: Inference, scope: Scope, ref: Ref): PortType | null {
  const resolved = resolveRef(scope, ref);
  return isResolved(resolved) ? typeOf(inference, resolved) : null;
}

function typeOf(inference: Inference, { source, field }: Resolved): PortType | null {
  const type = typeOfSource(inference, source);
  if (type === null || field === undefined) return type;
  return own(portFields[type.kind], field) ?? null;
}

function typeOfSource(inference: Inference, source: Source): PortType | null {
  switch (source.kind) {
    case "input":
      return slotTypes[source.slot.kind];
    case "counter":
      return port.scalar();
    case "element":
    case "state":
    case "port":
      return source.kind === "port" && isPlainNode(source.node)
        ? plainType(inference, source.node, source.port)
        : once(inference, source);
    default:
      return unreachable(source);
  }
}

/** Waits for no other type, and its ports are remembered. */
function plainType({ registry }: Inference, node: PlainNode, name: string): PortType | null {
  const ports = plainPorts(registry, node);
  return hasPorts(ports) ? (own(ports.outputs, name) ?? null) : null;
}

type DerivedSource = Extract<Source, { kind: "element" | "state" | "port" }>;

/** Remembers; null while it is being found (a cycle). */
function once(inference: Inference, source: DerivedSource): PortType | null {
  const name = source.kind === "port" ? [source.id, source.port] : [source.name];
  const key = `${placeOf(source.scope)} ${JSON.stringify([source.kind, ...name])}`;
  const before = inference.known.get(key);
  if (before !== undefined || inference.depth > deepest) return before ?? null;
  inference.known.set(key, null);
  inference.depth += 1;
  const type = derive(inference, source);
  inference.depth -= 1;
  inference.known.set(key, type);
  return type;
}

const places = new WeakMap<Scope, string>();

function placeOf(scope: Scope): string {
  const before = places.get(scope);
  if (before !== undefined) return before;
  const place = JSON.stringify(scope.path);
  places.set(scope, place);
  return place;
}

function derive(inference: Inference, source: DerivedSource): PortType | null {
  switch (source.kind) {
    case "element":
      return elementType(inference, source.scope.parent, source.list);
    case "state":
      return typeOfRef(inference, source.scope.parent, source.state.init);
    case "port":
      return portType(inference, source);
    default:
      return unreachable(source);
  }
}

function elementType(inference: Inference, scope: Scope, list: Ref): PortType | null {
  const resolved = resolveRef(scope, list);
  if (!isResolved(resolved)) return null;
  const whole = typeOfSource(inference, resolved.source);
  if (whole === null) return null;
  return whole.kind === "schedule" ? port.level() : port.scalar();
}

type PortSource = Extract<Source, { kind: "port" }>;

function portType(inference: Inference, source: PortSource): PortType | null {
  const { node, port: name } = source;
  if (isBlockNode(node)) {
    const inner = blockScope(inference.document, node.use);
    const output = own(own(inference.document.blocks, node.use)?.outputs, name);
    return inner === null || output === undefined ? null : typeOfRef(inference, inner, output);
  }
  if (isLoop(node)) return loopPortType(inference, source, node);
  if (isIfZone(node)) return ifPortType(inference, source, node);
  return plainType(inference, node, name);
}

function loopPortType(
  inference: Inference,
  { scope, id, port: name }: PortSource,
  zone: Loop,
): PortType | null {
  const state = own(zone.states, name);
  if (state === undefined) return own(zone.scans, name) === undefined ? null : port.list();
  const body = loopScope(scope, id, zone);
  return typeOfSource(inference, { kind: "state", scope: body, name, state, back: 0 });
}

function ifPortType(
  inference: Inference,
  { scope, id, port: name }: PortSource,
  zone: IfZone,
): PortType | null {
  const [a, b] = (["then", "else"] as const).map((branch) => {
    const output = own(zone[branch].outputs, name);
    if (output === undefined) return null;
    return typeOfRef(inference, branchScope(scope, id, zone, branch), output);
  });
  return joinTypes(a ?? null, b ?? null);
}

/** What is known of a value that may be either; the first where they do not fit together. */
export function joinTypes(a: PortType | null, b: PortType | null): PortType | null {
  if (a === null || b === null) return a ?? b;
  if (a.kind !== "tensor" || b.kind !== "tensor") return a;
  return {
    kind: "tensor",
    space: a.space === b.space ? a.space : "unknown",
    range: a.range === b.range ? a.range : "unknown",
    estimates: a.estimates === b.estimates ? a.estimates : "unknown",
    field: a.field === b.field ? a.field : "unknown",
  };
}
