import type { Transform } from "@xyflow/react";
import type { Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";

/** A rectangle in the canvas' coordinates: left, top, right, bottom. */
export type Rect = readonly [left: number, top: number, right: number, bottom: number];

/** A side of the tiles that the ground is laid out in, at zoom 1. */
const tile = 512;
/** How far a wire may swing out of the rectangle around its ends. */
const swing = 160;

/**
 * The tiles that are in sight, as text: the same while no border of one is crossed, so that a pan seldom changes what is
 * given to xyflow, whose work grows with that.
 */
export function tilesInSight([x, y, zoom]: Transform, width: number, height: number): string {
  const side = tile / 2 ** Math.floor(Math.log2(zoom));
  const [left, top] = [Math.floor(-x / zoom / side), Math.floor(-y / zoom / side)];
  const right = Math.ceil((width - x) / zoom / side);
  const bottom = Math.ceil((height - y) / zoom / side);
  return [left, top, right, bottom].map((count) => count * side).join(" ");
}

export function rectOf(tiles: string): Rect {
  const [left = 0, top = 0, right = 0, bottom = 0] = tiles.split(" ").map(Number);
  return [left, top, right, bottom];
}

/** What lies on the canvas, as xyflow has it: parents before what lies in them. */
export interface Item {
  readonly id: Key;
  readonly position: { readonly x: number; readonly y: number };
  readonly parentId?: Key;
  readonly width?: number;
  readonly height?: number;
}

export interface Wire {
  readonly source: Key;
  readonly target: Key;
  readonly data?: { readonly bends: readonly Point[] };
}

/** What is drawn of a body. */
export interface Scene<N extends Item, E extends Wire> {
  readonly nodes: readonly N[];
  readonly edges: readonly E[];
}

/** What everything of a scene covers. */
export interface Extents {
  readonly nodes: ReadonlyMap<Key, Rect>;
  /** Beside the scene's edges; null of a wire whose end is not drawn. */
  readonly edges: readonly (Rect | null)[];
  readonly parents: ReadonlyMap<Key, Key>;
}

export function extentsOf({ nodes, edges }: Scene<Item, Wire>): Extents {
  const rects = new Map<Key, Rect>();
  const parents = new Map<Key, Key>();
  for (const { id, position, parentId, width = 0, height = 0 } of nodes) {
    if (parentId !== undefined) parents.set(id, parentId);
    const [dx, dy] = (parentId === undefined ? undefined : rects.get(parentId)) ?? [0, 0];
    const [x, y] = [position.x + dx, position.y + dy];
    rects.set(id, [x, y, x + width, y + height]);
  }
  return { nodes: rects, edges: edges.map((edge) => extentOf(edge, rects)), parents };
}

/** True where everything of one scene stands in the other, in the same order, and covers the same. */
export const coversSame = (a: Scene<Item, Wire>, b: Scene<Item, Wire>): boolean =>
  a.nodes.length === b.nodes.length &&
  a.edges.length === b.edges.length &&
  a.nodes.every((node, i) => isSameItem(node, b.nodes[i])) &&
  a.edges.every((edge, i) => isSameWire(edge, b.edges[i]));

const isSameItem = (a: Item, b: Item | undefined): boolean =>
  a === b ||
  (a.id === b?.id &&
    a.parentId === b.parentId &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height);

const isSameWire = (a: Wire, b: Wire | undefined): boolean =>
  a === b ||
  (a.source === b?.source &&
    a.target === b.target &&
    JSON.stringify(a.data?.bends) === JSON.stringify(b.data?.bends));

function extentOf({ source, target, data }: Wire, rects: ReadonlyMap<Key, Rect>): Rect | null {
  const [a, b] = [rects.get(source), rects.get(target)];
  if (a === undefined || b === undefined) return null;
  const bends = (data?.bends ?? []).map(([x, y]): Rect => [x, y, x, y]);
  const [left, top, right, bottom] = around([a, b, ...bends]) ?? a;
  return [left - swing, top - swing, right + swing, bottom + swing];
}

/** The rectangle around others; null of none. */
export function around(rects: Iterable<Rect>): Rect | null {
  let all: Rect | null = null;
  for (const [left, top, right, bottom] of rects)
    all =
      all === null
        ? [left, top, right, bottom]
        : [
            Math.min(all[0], left),
            Math.min(all[1], top),
            Math.max(all[2], right),
            Math.max(all[3], bottom),
          ];
  return all;
}

/**
 * What of a scene touches a rectangle, what `kept` names, the ends of the wires that pass through, and the zones that hold any
 * of it, in the scene's order.
 */
export function inSight<N extends Item, E extends Wire>(
  { nodes, edges }: Scene<N, E>,
  extents: Extents,
  rect: Rect,
  kept: Iterable<Key>,
): Scene<N, E> {
  const ids = new Set<Key>();
  const add = (id: Key): void => {
    for (
      let at: Key | undefined = id;
      at !== undefined && !ids.has(at);
      at = extents.parents.get(at)
    )
      ids.add(at);
  };
  for (const [id, extent] of extents.nodes) if (touch(extent, rect)) add(id);
  for (const id of kept) if (extents.nodes.has(id)) add(id);
  const passing = edges.filter((_, i) => {
    const extent = extents.edges[i] ?? null;
    return extent !== null && touch(extent, rect);
  });
  for (const { source, target } of passing) {
    add(source);
    add(target);
  }
  return { nodes: nodes.filter(({ id }) => ids.has(id)), edges: passing };
}

const touch = (a: Rect, b: Rect): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
