import type { Key } from "../keys.ts";
import type { Point } from "../ui.ts";

/** Something to be placed: its size, and what it reads among the others. */
export interface Item {
  readonly key: Key;
  readonly size: Point;
  readonly reads: readonly Key[];
  /** Kept in the first or the last layer. */
  readonly edge?: "first" | "last";
}

const gap: Point = [72, 24];
const grid = 8;
const sweeps = 4;

/** Upper left corners: layers from left to right by the longest path, few crossings, each layer centred on what it reads. */
export function arrange(items: readonly Item[]): ReadonlyMap<Key, Point> {
  const layers = ordered(items, layersOf(items));
  const byKey = new Map(items.map((item) => [item.key, item]));
  const places = new Map<Key, Point>();
  let x = 0;
  for (const layer of layers) {
    let y = 0;
    const tops = layer.map((key) => {
      const item = byKey.get(key);
      const wished = item === undefined ? y : wishedTop(item, byKey, places);
      const top = Math.max(y, wished);
      y = top + (item?.size[1] ?? 0) + gap[1];
      return top;
    });
    const widths = layer.map((key) => byKey.get(key)?.size[0] ?? 0);
    for (const [i, key] of layer.entries()) places.set(key, [x, snapped(tops[i] ?? 0)]);
    // Wide layers of many wires ask for more room.
    x = snapped(x + Math.max(0, ...widths) + gap[0] + 4 * Math.min(12, layer.length));
  }
  return places;
}

const snapped = (value: number): number => Math.round(value / grid) * grid;

/** Level with the middle of what it reads, as far as that is placed; at the top where it reads nothing. */
function wishedTop(
  { reads, size }: Item,
  byKey: ReadonlyMap<Key, Item>,
  places: ReadonlyMap<Key, Point>,
): number {
  const middles = reads.flatMap((key) => {
    const [place, item] = [places.get(key), byKey.get(key)];
    // Slots are many and far away: they pull nothing.
    return place === undefined || item === undefined || item.edge === "first"
      ? []
      : [place[1] + item.size[1] / 2];
  });
  if (middles.length === 0) return 0;
  return middles.reduce((a, b) => a + b, 0) / middles.length - size[1] / 2;
}

/** The layer of each item: one more than the furthest of what it reads. */
function layersOf(items: readonly Item[]): ReadonlyMap<Key, number> {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const layers = new Map<Key, number>();
  const start = items.some(({ edge }) => edge === "first") ? 1 : 0;
  const layerOf = (item: Item): number => {
    const before = layers.get(item.key);
    if (before !== undefined) return before;
    // What waits for itself is found in place.
    layers.set(item.key, start);
    const found = item.reads
      .map((key) => byKey.get(key))
      .filter((read) => read !== undefined && read !== item)
      .map((read) => (read === undefined ? 0 : layerOf(read) + 1));
    const layer = item.edge === "first" ? 0 : Math.max(start, ...found);
    layers.set(item.key, layer);
    return layer;
  };
  for (const item of items) layerOf(item);
  const last = Math.max(0, ...items.filter(({ edge }) => edge !== "last").map(layerOf)) + 1;
  for (const { key, edge } of items) if (edge === "last") layers.set(key, last);
  return layers;
}

/** Each layer in the order of the middle of its neighbours (barycentre method). */
function ordered(items: readonly Item[], layerOf: ReadonlyMap<Key, number>): readonly Key[][] {
  const count = Math.max(-1, ...layerOf.values()) + 1;
  const layers: Key[][] = Array.from({ length: count }, () => []);
  for (const { key } of items) layers[layerOf.get(key) ?? 0]?.push(key);
  const reads = new Map(items.map((item) => [item.key, item.reads]));
  const readers = new Map<Key, Key[]>();
  for (const { key, reads: read } of items)
    for (const from of read) readers.set(from, [...(readers.get(from) ?? []), key]);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const neighbours = sweep % 2 === 0 ? reads : readers;
    const rank = new Map(
      layers.flatMap((layer) => layer.map((key, i) => [key, i / layer.length] as const)),
    );
    for (const layer of layers) sortByMiddle(layer, neighbours, rank);
  }
  return layers;
}

function sortByMiddle(
  layer: Key[],
  neighbours: ReadonlyMap<Key, readonly Key[]>,
  rank: ReadonlyMap<Key, number>,
): void {
  const middle = new Map(
    layer.map((key) => {
      const places = (neighbours.get(key) ?? []).flatMap((other) => rank.get(other) ?? []);
      const mean = places.reduce((a, b) => a + b, 0) / places.length;
      return [key, places.length === 0 ? (rank.get(key) ?? 0) : mean];
    }),
  );
  layer.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
}
