import type { Node as FlowNode, NodeHandle } from "@xyflow/react";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, scopeAt, uiNameOf } from "../document/keys.ts";
import type { NodeView } from "../document/node-view.ts";
import { nodeView, outputView, slotView } from "../document/node-view.ts";
import { previewsOf } from "../document/room.ts";
import type { Point } from "../document/ui.ts";
import { uiOf } from "../document/ui.ts";
import { ownerKeyOf, sourceKeyOf } from "../document/wires.ts";
import { wireNameOf } from "../document/wire-name.ts";
import type { Read } from "../document/reads.ts";
import { readsOf } from "../document/reads.ts";
import {
  drawnAlone,
  drawnIn,
  placedAt,
  type Drawn,
  type Landing,
  type Surroundings,
} from "./geometry.ts";
import type { CardNode, FrameNode, ItemNode, NoteNode, WireEdge } from "./items.ts";
import { portLook } from "./port-look.ts";
import { portPlaces } from "./port-places.ts";
import { stacking } from "./stacking.ts";

export interface Flow {
  readonly nodes: readonly ItemNode[];
  readonly edges: readonly WireEdge[];
  /** All nodes that are drawn, by key. */
  readonly drawn: ReadonlyMap<Key, Drawn>;
  readonly home: Landing;
}

export interface Shown {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly found: Readonly<Record<string, Point>>;
  /** The body that is shown. */
  readonly scope: Key;
}

/** What xyflow draws of a body; nodes come before what lies in them. */
export function flowOf(shown: Shown): Flow {
  const scope = scopeAt(shown.document, shown.scope);
  if (scope === null)
    return { nodes: [], edges: [], drawn: new Map(), home: { zone: null, lane: null } };
  const around: Surroundings = {
    document: shown.document,
    found: shown.found,
    view: (at, id) => nodeView(at, id, shown.analysis, shown.registry),
  };
  const drawn = new Map<Key, Drawn>();
  const roots = rootsOf(around, scope, drawn);
  const cards = scope.kind === "root" ? edgeCards(shown, scope) : [];
  const seen = new Set<Key>([...drawn.keys(), ...cards.map(({ id }) => id)]);
  const wires = readsOf(shown.document).filter(
    ({ target, inExpression }) => !inExpression && seen.has(target),
  );
  const unseen = new Set(wires.filter((wire) => !isSeen(wire, seen)).map(({ key }) => key));
  const home = homeOf(scope, drawn);
  const look = { shown, drawn, unseen, fixed: home.zone };
  const nodes = [
    ...backdrop(shown),
    ...cards,
    ...roots.flatMap((node) => itemsOf(look, node, null)),
  ];
  const edges = wires
    .filter((wire) => isSeen(wire, seen))
    .map((wire) => edgeOf(shown, wire, bodyIn(drawn, wire)));
  return { nodes, edges, drawn, home };
}

/** What is drawn of a body: all of it, or of one that was dived into its zone alone, with the rails. */
function rootsOf(around: Surroundings, scope: Scope, all: Map<Key, Drawn>): readonly Drawn[] {
  if (scope.kind === "root") return drawnIn(around, scope, all);
  const zone = drawnAlone(around, scope.parent, scope.id, all);
  return zone === null ? [] : [zone];
}

/** Where what falls on the ground comes to lie: in the zone that is shown alone, else on the ground. */
function homeOf(scope: Scope, drawn: ReadonlyMap<Key, Drawn>): Landing {
  const zone =
    scope.kind === "root" ? undefined : drawn.get(keyOf([...scope.parent.path, scope.id]));
  const lane = zone?.lanes.find((each) => keyOf(each.scope.path) === keyOf(scope.path));
  return zone === undefined || lane === undefined
    ? { zone: null, lane: null }
    : { zone: zone.key, lane };
}

const isSeen = ({ from }: Read, seen: ReadonlySet<Key>): boolean =>
  from !== null && seen.has(ownerKeyOf(from.source));

/** The body that a wire is read in: its origin in the canvas' coordinates, and how many zones around it are drawn. */
function bodyIn(drawn: ReadonlyMap<Key, Drawn>, { scope }: Read): WireBody {
  let [x, y, depth] = [0, 0, 0];
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.kind === "root") break;
    const zone = drawn.get(keyOf([...at.parent.path, at.id]));
    const body = keyOf(at.path);
    const lane = zone?.lanes.find((each) => keyOf(each.scope.path) === body);
    if (zone === undefined || lane === undefined) break;
    x += zone.corner[0] + lane.origin[0];
    y += zone.corner[1] + lane.origin[1];
    depth += 1;
  }
  return { origin: [x, y], depth };
}

interface WireBody {
  readonly origin: Point;
  readonly depth: number;
}

interface Look {
  readonly shown: Shown;
  readonly drawn: ReadonlyMap<Key, Drawn>;
  readonly unseen: ReadonlySet<Key>;
  /** The zone that is shown alone: it stays where it is. */
  readonly fixed: Key | null;
}

interface Parent {
  readonly id: Key;
  readonly origin: Point;
  /** Zones around it. */
  readonly depth: number;
}

/** A node, and after it what lies in it. */
function itemsOf(look: Look, node: Drawn, parent: Parent | null): readonly ItemNode[] {
  const [width, height] = node.size;
  const [dx, dy] = parent?.origin ?? [0, 0];
  const common = {
    id: node.key,
    position: { x: node.corner[0] + dx, y: node.corner[1] + dy },
    ...ofSize(width, height),
    ...(parent === null ? {} : { parentId: parent.id }),
    ...(look.fixed === node.key ? { draggable: false } : {}),
  };
  const data = dataOf(look, node.key, node.view);
  if (node.lanes.length === 0) {
    const handles = portPlaces(node.view, width, null);
    return [{ ...common, type: "card", zIndex: stacking.card, handles, data }];
  }
  const depth = parent === null ? 0 : parent.depth + 1;
  const lanes = node.lanes.map(({ scope, top, height: high }) => ({
    branch: scope.kind === "branch" ? scope.branch : null,
    top,
    height: high,
    empty: Object.keys(scope.body).length === 0,
  }));
  const inner = node.lanes.flatMap(({ scope, origin }) =>
    Object.keys(scope.body).flatMap((id) => {
      const child = look.drawn.get(keyOf([...scope.path, id]));
      return child === undefined ? [] : itemsOf(look, child, { id: node.key, origin, depth });
    }),
  );
  const handles = portPlaces(node.view, width, lanes);
  const zone = { type: "zone", zIndex: stacking.zone(depth), handles } as const;
  return [{ ...common, ...zone, data: { ...data, width, height, lanes } }, ...inner];
}

function dataOf({ shown, unseen }: Pick<Look, "shown" | "unseen">, key: Key, view: NodeView) {
  return {
    view,
    faulty: shown.analysis.issuesAt(key).length > 0,
    bypassed: uiNameOf(key) in uiOf(shown.document).bypassed,
    probes: previewsOf(shown.document, key),
    unseen: unseen.size === 0 ? [] : placesOf(view).filter((place) => unseen.has(place)),
  };
}

const placesOf = ({ inputs, rails }: NodeView): readonly Key[] =>
  [...inputs, ...rails.flatMap(({ next }) => next)].map(({ key }) => key);

/** Slots and outputs of the graph or the block. */
function edgeCards(shown: Shown, scope: Extract<Scope, { kind: "root" }>): readonly CardNode[] {
  const { document, analysis, registry } = shown;
  const outputs =
    scope.block === null ? document.outputs : (document.blocks[scope.block]?.outputs ?? {});
  const views = [
    ...Object.keys(scope.inputs).map((name) => slotView(scope, name, registry)),
    ...Object.keys(outputs).map((name) => outputView(scope, name, analysis, registry)),
  ];
  return views.flatMap((view): readonly CardNode[] => {
    if (view === null) return [];
    const [x, y] = placedAt(shown, view.key);
    const data = dataOf({ shown, unseen: new Set() }, view.key, view);
    return [
      {
        id: view.key,
        type: "card",
        position: { x, y },
        ...ofSize(view.width, view.height),
        zIndex: stacking.card,
        handles: portPlaces(view, view.width, null),
        data,
      },
    ];
  });
}

/** Sizes are known, so nothing is mounted to be measured. */
const ofSize = (width: number, height: number) => ({
  width,
  height,
  measured: { width, height },
});

const none: NodeHandle[] = [];

function backdrop({ document, scope }: Shown): readonly (NoteNode | FrameNode)[] {
  const { notes, frames } = uiOf(document);
  const here = <T extends { readonly scope: string }>(all: Readonly<Record<string, T>>) =>
    Object.entries(all).filter(([, { scope: of }]) => of === scope);
  return [
    ...here(frames).map(([id, { at, size, title }]): FrameNode => ({
      id: `ui/frames/${id}`,
      type: "frame",
      position: { x: at[0], y: at[1] },
      ...ofSize(size[0], size[1]),
      handles: none,
      zIndex: stacking.frame,
      data: { title },
    })),
    ...here(notes).map(([id, { at, size, text }]): NoteNode => ({
      id: `ui/notes/${id}`,
      type: "note",
      position: { x: at[0], y: at[1] },
      ...ofSize(size[0], size[1]),
      handles: none,
      zIndex: stacking.card,
      data: { text },
    })),
  ];
}

function edgeOf({ document, analysis }: Shown, wire: Read, { origin, depth }: WireBody): WireEdge {
  if (wire.from === null) throw new Error("edgeOf: a wire that comes from nowhere has no edge");
  const type = analysis.types.typeOfSource(wire.from.source);
  const source = ownerKeyOf(wire.from.source);
  const begin = sourceKeyOf(wire.from.source);
  return {
    id: wire.key,
    type: "wire",
    source,
    sourceHandle: begin,
    target: wire.target,
    targetHandle: wire.key,
    zIndex: stacking.wire(depth),
    data: {
      colour: portLook(type).colour,
      field: wire.from.field ?? null,
      faulty: analysis.issuesAt(wire.key).length > 0,
      probed: uiOf(document).probes.includes(wireNameOf(begin) ?? ""),
      quiet: wire.from.source.kind === "input",
      lit: false,
      bends: (uiOf(document).reroutes[wire.key] ?? []).map(([x, y]): Point => [
        x + origin[0],
        y + origin[1],
      ]),
      portal: uiOf(document).portals.includes(wire.key) ? wire.ref : null,
    },
  };
}

/** The new flow with the old objects of all that has not changed, so that only what has is drawn anew. */
export const reusedFlow = (before: Flow | null, after: Flow): Flow =>
  before === null
    ? after
    : {
        ...after,
        nodes: reused(before.nodes, after.nodes),
        edges: reused(before.edges, after.edges),
      };

function reused<T extends FlowNode | WireEdge>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.map((item, i) => {
    const beside = before[i];
    const old = beside?.id === item.id ? beside : known.get(item.id);
    return old !== undefined && sameItem(old, item) ? old : item;
  });
}

/** Records and lists in an item are compared by what stands in them, once. */
function sameItem(a: object, b: object): boolean {
  const [x, y] = [a as Values, b as Values];
  for (const name in y) {
    const [old, value] = [x[name], y[name]];
    if (old !== value && !(isRecord(old) && isRecord(value) && sameFlat(old, value))) return false;
  }
  return true;
}

type Values = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Values => typeof value === "object" && value !== null;

function sameFlat(a: Values, b: Values): boolean {
  if (Object.keys(b).length !== Object.keys(a).length) return false;
  for (const name in b) {
    const [old, value] = [a[name], b[name]];
    const isSame =
      Object.is(old, value) ||
      (Array.isArray(value) && JSON.stringify(old) === JSON.stringify(value));
    if (!isSame) return false;
  }
  return true;
}
