import { unreachable } from "../base/unreachable.ts";
import type { Registry } from "./define-node.ts";
import type { Document, IfZone, Loop } from "./document.ts";
import { isBlockNode, isIfZone, isLoop } from "./document.ts";
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
  const known = new Map<string, PortType | null>();
  let depth = 0;

  function typeOfRef(scope: Scope, ref: Ref): PortType | null {
    const resolved = resolveRef(scope, ref);
    return isResolved(resolved) ? typeOf(resolved) : null;
  }

  function typeOf({ source, field }: Resolved): PortType | null {
    const type = typeOfSource(source);
    if (type === null || field === undefined) return type;
    return own(portFields[type.kind], field) ?? null;
  }

  function typeOfSource(source: Source): PortType | null {
    switch (source.kind) {
      case "input":
        return slotTypes[source.slot.kind];
      case "counter":
        return port.scalar();
      case "element":
        return once(source.scope, `each/${source.name}`, () => elementType(source.scope.parent, source.list));
      case "state":
        return once(source.scope, `state/${source.name}`, () =>
          typeOfRef(source.scope.parent, source.state.init),
        );
      case "port":
        return once(source.scope, `port/${source.id}/${source.port}`, () => portType(source));
      default:
        return unreachable(source);
    }
  }

  /** Remembers; null while it is being found (a cycle). */
  function once(scope: Scope, what: string, find: () => PortType | null): PortType | null {
    const key = JSON.stringify([scope.path, what]);
    const before = known.get(key);
    if (before !== undefined || depth > deepest) return before ?? null;
    known.set(key, null);
    depth += 1;
    const type = find();
    depth -= 1;
    known.set(key, type);
    return type;
  }

  function elementType(scope: Scope, list: Ref): PortType | null {
    const resolved = resolveRef(scope, list);
    if (!isResolved(resolved)) return null;
    const whole = typeOfSource(resolved.source);
    if (whole === null) return null;
    return whole.kind === "schedule" ? port.level() : port.scalar();
  }

  function portType({ scope, id, node, port: name }: Extract<Source, { kind: "port" }>): PortType | null {
    if (isBlockNode(node)) {
      const inner = blockScope(document, node.use);
      const output = own(own(document.blocks, node.use)?.outputs, name);
      return inner === null || output === undefined ? null : typeOfRef(inner, output);
    }
    if (isLoop(node)) return loopPortType(scope, id, node, name);
    if (isIfZone(node)) return ifPortType(scope, id, node, name);
    const ports = plainPorts(registry, node);
    return hasPorts(ports) ? (own(ports.outputs, name) ?? null) : null;
  }

  function loopPortType(scope: Scope, id: string, zone: Loop, name: string): PortType | null {
    const state = own(zone.states, name);
    if (state !== undefined)
      return typeOfSource({ kind: "state", scope: loopScope(scope, id, zone), name, state, back: 0 });
    return own(zone.scans, name) === undefined ? null : port.list();
  }

  function ifPortType(scope: Scope, id: string, zone: IfZone, name: string): PortType | null {
    const [a, b] = (["then", "else"] as const).map((branch) => {
      const output = own(zone[branch].outputs, name);
      return output === undefined ? null : typeOfRef(branchScope(scope, id, zone, branch), output);
    });
    return joinTypes(a ?? null, b ?? null);
  }

  return { typeOf, typeOfRef, typeOfSource };
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
