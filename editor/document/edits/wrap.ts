import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { zoneTypes } from "../../../runtime/graph/document.ts";
import { whyNotAssignable } from "../../../runtime/graph/ports.ts";
import type { PortType } from "../../../runtime/graph/ports.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Resolved } from "../../../runtime/graph/resolve.ts";
import { isResolved, resolveRef } from "../../../runtime/graph/resolve.ts";
import { innerScopes } from "../../../runtime/graph/scope.ts";
import { analyse } from "../analysis.ts";
import { loopRef } from "../loop-ref.ts";
import type { Key } from "../keys.ts";
import { idOf, keyOf, scopeKeyOf, uiNameOf } from "../keys.ts";
import type { NodePlace } from "../places.ts";
import { nodeAt } from "../places.ts";
import type { Read } from "../reads.ts";
import { readsOf } from "../reads.ts";
import { isIfZone, isLoop, isZone } from "../../../runtime/graph/document.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import { own } from "../../../runtime/graph/own.ts";
import { ownerKeyOf } from "../wires.ts";
import { addNode } from "./add-node.ts";
import type { DocumentDraft } from "./draft.ts";
import { setAt, settled } from "./draft.ts";
import type { Way } from "./expose.ts";
import { relocate } from "./move-into.ts";
import { remove } from "./remove.ts";
import { rewriteReads } from "./references.ts";

/**
 * [E11] Puts nodes of one body into a new zone. Wires that enter stay as they are; what is read outside leaves by a rail: a
 * number collected, all else a state that begins with a value of its type that entered. Returns the zone's key.
 */
export function wrapInZone(
  draft: DocumentDraft,
  registry: Registry,
  keys: readonly Key[],
  type: (typeof zoneTypes)[number],
): Key | null {
  const document = settled(draft);
  const nodes = keys.filter((key) => nodeAt(document, key) !== null);
  const [first] = nodes;
  if (first === undefined) return null;
  const body = scopeKeyOf(first);
  const inside = nodes.filter((key) => scopeKeyOf(key) === body);
  const { types } = analyse(document, registry);
  const entering = readsOf(document).filter((read) => isEntering(read, inside));
  const wayOut = (read: Read): Way => {
    const wanted = read.from === null ? null : types.typeOf(read.from);
    if (wanted?.kind === "scalar" || wanted?.kind === "number") return { as: "scan" };
    const init = entering.find(({ from }) => from !== null && suits(types.typeOf(from), wanted));
    return { as: "state", init: init?.ref ?? "" };
  };
  const places = placesOf(draft, inside);
  const corner = cornerOf([...places.values()]);
  const zone = addNode(draft, registry, {
    body,
    node: { kind: "zone", type },
    ...(corner === null ? {} : { at: corner }),
  });
  const [x, y] = corner ?? [0, 0];
  const within = new Map([...places].map(([key, [px, py]]) => [key, [px - x, py - y] as Point]));
  relocate(draft, inside, {
    body: `${zone}/${type === "zone/if" ? "then/body" : "body"}`,
    places: within,
    wayOut,
  });
  return zone;
}

/** Reads of the body around, by a node that goes inside. */
function isEntering({ from, target, scope }: Read, inside: readonly Key[]): boolean {
  if (from === null) return false;
  const owner = ownerKeyOf(from.source);
  return (
    inside.includes(target) && keyOf(scope.path) === scopeKeyOf(target) && !inside.includes(owner)
  );
}

const suits = (from: PortType | null, to: PortType | null): boolean =>
  from !== null && to !== null && from.kind === to.kind && whyNotAssignable(to, from) === null;

function placesOf(draft: DocumentDraft, keys: readonly Key[]): ReadonlyMap<Key, Point> {
  const { nodes } = uiOf(settled(draft));
  const placed = keys.map((key) => [key, own(nodes, uiNameOf(key))] as const);
  return new Map(placed.filter((entry): entry is readonly [Key, Point] => entry[1] !== undefined));
}

const cornerOf = (points: readonly Point[]): Point | null =>
  points.length === 0
    ? null
    : [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))];

/**
 * [E12] Takes the nodes of a zone (of an `if`, those of its first branch) out into the body around, as if it ran once: the
 * current value of a state is its init, the last its next. Elements, counters and scans have nothing to become.
 */
export function unwrap(draft: DocumentDraft, zone: Key): readonly Key[] {
  const document = settled(draft);
  const place = nodeAt(document, zone);
  if (place === null || !isZone(place.node)) return [];
  const { scope, node } = place;
  const body = isLoop(node) ? `${zone}/body` : `${zone}/then/body`;
  const children = Object.keys(isLoop(node) ? node.body : node.then.body).map(
    (id) => `${body}/${id}`,
  );
  const outside: Outside[] = [];
  rewriteReads(draft, (read) => onceRun(place, read, outside));
  const [x, y] = own(uiOf(document).nodes, uiNameOf(zone)) ?? [0, 0];
  const places = new Map(
    [...placesOf(draft, children)].map(([key, [px, py]]) => [key, [px + x, py + y] as Point]),
  );
  const wayOut = (): Way => ({ as: "state", init: "" });
  const keys = relocate(draft, children, { body: keyOf(scope.path), places, wayOut });
  for (const { wire, source, rest } of outside) {
    const at = children.indexOf(source);
    setAt(draft, wire, `${idOf(keys[at] ?? source)}${rest}`);
  }
  remove(draft, [zone]);
  return keys;
}

/** A wire outside a zone that is to come from a node of it, once that has come out. */
interface Outside {
  readonly wire: Key;
  readonly source: Key;
  /** Port and field, with their dots. */
  readonly rest: string;
}

/** What a read of a zone's rails becomes where the zone runs once. */
function onceRun(place: NodePlace, read: Read, outside: Outside[]): Ref | null | undefined {
  const source = read.from?.source;
  const isRail = source !== undefined && ownerKeyOf(source) === place.key;
  if (!isRail || isOwnRail(place.key, read)) return undefined;
  const field = read.from?.field;
  if (source.kind === "state") return valueAt(place, source.name, "init", { field, read });
  return source.kind === "port" ? lastValue(place, source.port, read, outside) : null;
}

function lastValue(
  place: NodePlace,
  port: string,
  read: Read,
  outside: Outside[],
): Ref | null | undefined {
  const value = valueAt(place, port, "next", { field: read.from?.field, read });
  const from = value === null ? null : innerSource(place, value);
  if (value === null || from === null) return value;
  outside.push({ wire: read.key, source: from, rest: value.slice(idOf(from).length) });
  return undefined;
}

/** The node of the zone's own body that a value of it comes from. */
function innerSource({ scope, id, node }: NodePlace, ref: Ref): Key | null {
  const inner = innerScopes(scope, id, node)[0];
  const resolved = inner === undefined ? null : resolveRef(inner, ref);
  if (inner === undefined || resolved === null || !isResolved(resolved)) return null;
  const { source } = resolved;
  const isInner = source.kind === "port" && keyOf(source.scope.path) === keyOf(inner.path);
  return isInner ? ownerKeyOf(source) : null;
}

const isOwnRail = (zone: Key, { key, target }: Read): boolean =>
  target === zone && key.startsWith(`${zone}/`);

/** The source of a rail's init or next, followed through rails of the same zone. */
function valueAt(
  place: NodePlace,
  name: string,
  side: "init" | "next",
  { field, read }: { readonly field: string | undefined; readonly read: Read },
): Ref | null {
  const resolved = railSource(place, name, side);
  if (resolved === null) return null;
  const { source } = resolved;
  const isRail =
    source.kind !== "port" && source.kind !== "input" && ownerKeyOf(source) === place.key;
  if (isRail && source.kind !== "state") return null;
  if (isRail) return valueAt(place, source.name, "init", { field: field ?? resolved.field, read });
  if (field === undefined) return loopRef(resolved, read.scope);
  return resolved.field === undefined ? loopRef({ ...resolved, field }, read.scope) : null;
}

function railSource(
  { scope, id, node }: NodePlace,
  name: string,
  side: "init" | "next",
): Resolved | null {
  const inner = innerScopes(scope, id, node)[0];
  const ref = isLoop(node)
    ? own(node.states, name)?.[side]
    : isIfZone(node)
      ? own(node.then.outputs, name)
      : undefined;
  if (ref === undefined || inner === undefined) return null;
  const resolved = resolveRef(side === "init" ? scope : inner, ref);
  return isResolved(resolved) ? resolved : null;
}
