import type { Registry } from "../../runtime/graph/define-node.ts";
import { isIfZone, isLoop, isWhile } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { RefRole } from "../../runtime/graph/ref-sites.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { branchScope, innerScopes } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Key } from "./keys.ts";
import { keyOf, scopeAt } from "./keys.ts";
import type { NodeView } from "./node-view.ts";
import { nodeView } from "./node-view.ts";
import { interfaceAt, placeOf, scopeOfSite } from "./places.ts";
import type { NodePlace } from "./places.ts";

/** A place where a wire may end. */
export interface Sink {
  readonly key: Key;
  readonly role: RefRole;
  readonly name: string;
  /** The body that its reference is read in. */
  readonly scope: Scope;
  /** The node that waits for what it reads; null of an output. */
  readonly node: { readonly scope: Scope; readonly id: string } | null;
  /** Null: any type, or none is known. */
  readonly wanted: PortType | null;
  /** False of a port that its node does not have. */
  readonly exists: boolean;
}

/** The place of that key; null where no wire can end. */
export function sinkAt(analysis: Analysis, registry: Registry, key: Key): Sink | null {
  const { document } = analysis;
  const outside = interfaceAt(key);
  if (outside?.group === "outputs") {
    const scope = scopeAt(document, key);
    if (scope === null) return null;
    const { name } = outside;
    return { key, role: "output", name, scope, node: null, wanted: null, exists: true };
  }
  const place = placeOf(document, key);
  const view = place === null ? null : nodeView(place.scope, place.id, analysis, registry);
  return place === null || view === null ? null : nodeSink(analysis, view, place);
}

function nodeSink(analysis: Analysis, view: NodeView, place: NodePlace): Sink | null {
  const { scope, id, rest } = place;
  const key = keyOf([place.key, ...rest]);
  const end = endAt(rest);
  if (end === null) return null;
  const sink = { key, ...end, scope: scopeOfSite(place), node: { scope, id } };
  if (end.role !== "in") return { ...sink, wanted: wantedBy(analysis, place, end), exists: true };
  const input = view.inputs.find((port) => port.key === key);
  const exists = view.kind === "ghost" || (input !== undefined && input.type !== null);
  return { ...sink, wanted: input?.type ?? null, exists };
}

type End = Pick<Sink, "role" | "name">;

const ends: readonly (readonly [RegExp, RefRole])[] = [
  [/^in\/([^/]+)$/, "in"],
  [/^each\/([^/]+)$/, "each"],
  [/^states\/([^/]+)\/init$/, "init"],
  [/^states\/([^/]+)\/next$/, "next"],
  [/^scans\/([^/]+)$/, "scan"],
  [/^(stop)$/, "stop"],
  [/^(while)$/, "while"],
  [/^(?:then|else)\/outputs\/([^/]+)$/, "output"],
];

function endAt(rest: readonly string[]): End | null {
  const text = rest.join("/");
  for (const [pattern, role] of ends) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { role, name };
  }
  return null;
}

/** [Z2] [Z7] Rails keep their type; an init may change it. */
function wantedBy(analysis: Analysis, place: NodePlace, { role, name }: End): PortType | null {
  const { types } = analysis;
  const { scope, node } = place;
  if (role === "each") return port.list();
  if (role === "stop" || role === "while") return port.scalar();
  if (role === "output") return wantedByBranch(analysis, place, name);
  const state = isLoop(node) ? own(node.states, name) : undefined;
  return state === undefined || role !== "next" ? null : types.typeOfRef(scope, state.init);
}

/** What the other branch gives; tags may differ. */
function wantedByBranch({ types }: Analysis, place: NodePlace, name: string): PortType | null {
  const { scope, id, node, rest } = place;
  if (!isIfZone(node)) return null;
  const other = rest[0] === "then" ? "else" : "then";
  const ref = own(node[other].outputs, name);
  const type = ref === undefined ? null : types.typeOfRef(branchScope(scope, id, node, other), ref);
  return type?.kind === "tensor" ? port.tensor() : type;
}

const known = new WeakMap<Analysis, Map<Key, readonly Sink[]>>();

/** All places of a body, of the bodies in it, and of a root body's outputs, where a wire may end. */
export function sinksIn(analysis: Analysis, registry: Registry, scope: Scope): readonly Sink[] {
  const bodies = known.get(analysis) ?? new Map<Key, readonly Sink[]>();
  known.set(analysis, bodies);
  const key = keyOf(scope.path);
  const sinks = bodies.get(key) ?? findSinks(analysis, registry, scope);
  bodies.set(key, sinks);
  return sinks;
}

function findSinks(analysis: Analysis, registry: Registry, scope: Scope): readonly Sink[] {
  const inside = Object.entries(scope.body).flatMap(([id, node]) => {
    const view = nodeView(scope, id, analysis, registry);
    if (view === null) return [];
    if (view.kind !== "zone") return portSinks(view, scope);
    const ports = [...view.inputs, ...view.rails.flatMap(({ next }) => next)];
    const sinks = ports.map(({ key }) => {
      const rest = key.slice(view.key.length + 1).split("/");
      return nodeSink(analysis, view, { key: view.key, scope, id, node, rest });
    });
    return [
      ...sinks.filter((sink) => sink !== null),
      ...innerScopes(scope, id, node).flatMap((inner) => sinksIn(analysis, registry, inner)),
    ];
  });
  if (scope.kind !== "root") return inside;
  const root = scope.path.slice(0, -1);
  const { document } = analysis;
  const outputs =
    scope.block === null ? document.outputs : own(document.blocks, scope.block)?.outputs;
  const keys = Object.keys(outputs ?? {}).map((name) => keyOf([...root, "outputs", name]));
  return [
    ...inside,
    ...keys.map((key) => sinkAt(analysis, registry, key)).filter((sink) => sink !== null),
  ];
}

/** Of a node without rails: its inputs. */
function portSinks(view: NodeView, scope: Scope): readonly Sink[] {
  const node = { scope, id: view.id };
  return view.inputs.map(({ key, name, type }) => ({
    key,
    role: "in",
    name,
    scope,
    node,
    wanted: type,
    exists: view.kind === "ghost" || type !== null,
  }));
}

/** [Z6] True of a node of a while zone's body, as read by its condition. */
export const isLate = ({ role, node, scope }: Sink, id: string): boolean => {
  const zone = node === null ? undefined : own(node.scope.body, node.id);
  return (
    role === "while" && zone !== undefined && isWhile(zone) && own(scope.body, id) !== undefined
  );
};
