import type { NodeHandle } from "@xyflow/react";
import type { RootScope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { nodeKeyOf, uiNameOf } from "../document/keys.ts";
import type { NodeView } from "../document/node-view.ts";
import { outputView, slotView } from "../document/node-view.ts";
import { previewsOf } from "../document/room.ts";
import type { Point } from "../document/ui.ts";
import { uiOf } from "../document/ui.ts";
import type { FlowMemory, Shown } from "./flow-memory.ts";
import { placedAt, type Drawn } from "./geometry.ts";
import type { FrameNode, ItemData, ItemNode, LaneData, NoteNode } from "./items.ts";
import { portPlaces } from "./port-places.ts";
import { spoken } from "./spoken.ts";
import { stacking } from "./stacking.ts";

interface Look {
  readonly shown: Shown;
  readonly drawn: ReadonlyMap<Key, Drawn>;
  readonly unseen: ReadonlySet<Key>;
  /** The zone that is shown alone: it stays where it is. */
  readonly fixed: Key | null;
  readonly memory: FlowMemory;
}

interface Parent {
  readonly id: Key;
  readonly origin: Point;
  /** Zones around it. */
  readonly depth: number;
}

/** Adds a node to `all`, and after it what lies in it. */
export function itemsOf(look: Look, node: Drawn, parent: Parent | null, all: ItemNode[]): void {
  const [x, y] = node.corner;
  const [dx, dy] = parent?.origin ?? [0, 0];
  const [width, height] = node.size;
  const isFixed = look.fixed === node.key;
  const place = { key: node.key, x: x + dx, y: y + dy, width, height, isFixed };
  const data = dataOf(look, node.key, node.view);
  const inner = { place: { ...place, parent: parent?.id ?? null }, data };
  if (node.lanes.length === 0) all.push(cardItem(look.memory, inner));
  else zoneItems(look, node, { ...inner, depth: parent === null ? 0 : parent.depth + 1 }, all);
}

/** Where a card or a zone stands. */
interface Place {
  readonly key: Key;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isFixed: boolean;
  readonly parent: Key | null;
}

interface Placed {
  readonly place: Place;
  readonly data: ItemData;
}

const cardItem = ({ items }: FlowMemory, { place, data }: Placed): ItemNode =>
  items.keep(place.key, [...Object.values(place), data], () => ({
    ...standing(place),
    ...spoken(nameOf(data.view)),
    type: "card",
    zIndex: stacking.card,
    handles: portPlaces(data.view, place.width, null),
    data,
  }));

function zoneItems(
  look: Look,
  node: Drawn,
  { place, data, depth }: Placed & { readonly depth: number },
  all: ItemNode[],
): void {
  const { key, width, height } = place;
  const lanes = node.lanes.map(({ scope, top, height: high }): LaneData => ({
    branch: scope.kind === "branch" ? scope.branch : null,
    top,
    height: high,
    empty: Object.keys(scope.body).length === 0,
  }));
  const of = [
    ...Object.values(place),
    data,
    depth,
    ...lanes.flatMap((lane) => Object.values(lane)),
  ];
  const zone = look.memory.items.keep(key, of, () => ({
    ...standing(place),
    ...spoken(nameOf(data.view)),
    type: "zone",
    zIndex: stacking.zone(depth),
    handles: portPlaces(data.view, width, lanes),
    data: { ...data, width, height, lanes },
  }));
  all.push(zone);
  for (const { scope, origin } of node.lanes)
    for (const id of Object.keys(scope.body)) {
      const child = look.drawn.get(nodeKeyOf(scope, id));
      if (child !== undefined) itemsOf(look, child, { id: key, origin, depth }, all);
    }
}

const nameOf = ({ label, title, id }: NodeView): string =>
  [...new Set([label ?? title, id])].join(", ");

const standing = ({ key, x, y, width, height, parent, isFixed }: Place) => ({
  id: key,
  position: { x, y },
  ...ofSize(width, height),
  ...(parent === null ? {} : { parentId: parent }),
  ...(isFixed ? { draggable: false } : {}),
});

function dataOf(
  { shown, unseen, memory }: Pick<Look, "shown" | "unseen" | "memory">,
  key: Key,
  view: NodeView,
): ItemData {
  const { document, analysis } = shown;
  const faulty = analysis.issuesAt(key).length > 0;
  const bypassed = uiNameOf(key) in uiOf(document).bypassed;
  const probes = previewsOf(document, key);
  const places = unseen.size === 0 ? [] : placesOf(view).filter((place) => unseen.has(place));
  const of = [view, faulty, bypassed, probes.length, ...probes, ...places];
  return memory.data.keep(key, of, () => ({ view, faulty, bypassed, probes, unseen: places }));
}

const placesOf = ({ inputs, rails }: NodeView): readonly Key[] =>
  [...inputs, ...rails.flatMap(({ next }) => next)].map(({ key }) => key);

/** Slots and outputs of the graph or the block. */
export function edgeCards(shown: Shown, scope: RootScope, memory: FlowMemory): readonly ItemNode[] {
  const { document, analysis, registry } = shown;
  const outputs =
    scope.block === null ? document.outputs : (document.blocks[scope.block]?.outputs ?? {});
  const views = [
    ...Object.keys(scope.inputs).map((name) => slotView(scope, name, registry)),
    ...Object.keys(outputs).map((name) => outputView(scope, name, analysis, registry)),
  ];
  return views.flatMap((view): readonly ItemNode[] => {
    if (view === null) return [];
    const { key, width, height } = view;
    const [x, y] = placedAt(shown, key);
    const place: Place = { key, x, y, width, height, isFixed: false, parent: null };
    const data = dataOf({ shown, unseen: new Set(), memory }, key, view);
    return [cardItem(memory, { place, data })];
  });
}

/** Sizes are known, so nothing is mounted to be measured. */
const ofSize = (width: number, height: number) => ({
  width,
  height,
  measured: { width, height },
});

const none: NodeHandle[] = [];

/** Frames, and notes. */
export function backdrop({ document, scope }: Shown, { items }: FlowMemory): readonly ItemNode[] {
  const { notes, frames } = uiOf(document);
  const here = <T extends { readonly scope: string }>(all: Readonly<Record<string, T>>) =>
    Object.entries(all).filter(([, { scope: of }]) => of === scope);
  return [
    ...here(frames).map(([id, { at, size, title }]) => {
      const key = `ui/frames/${id}`;
      const make = (): FrameNode => ({
        ...onGround(key, at, size),
        ...spoken(title),
        type: "frame",
        zIndex: stacking.frame,
        data: { title },
      });
      return items.keep(key, [...at, ...size, title], make);
    }),
    ...here(notes).map(([id, { at, size, text }]) => {
      const key = `ui/notes/${id}`;
      const make = (): NoteNode => ({
        ...onGround(key, at, size),
        ...spoken(text),
        type: "note",
        zIndex: stacking.card,
        data: { text },
      });
      return items.keep(key, [...at, ...size, text], make);
    }),
  ];
}

const onGround = (id: Key, [x, y]: Point, [width, height]: Point) => ({
  id,
  position: { x, y },
  ...ofSize(width, height),
  handles: none,
});
