import type { Registry } from "../../runtime/graph/define-node.ts";
import { dependenciesOf } from "../../runtime/graph/order.ts";
import type { RootScope, Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Key } from "./keys.ts";
import { keyOf, uiNameOf } from "./keys.ts";
import { arrange, type Item } from "./layout/layers.ts";
import { nodeView, outputView, slotView, zoneBox } from "./node-view.ts";
import { readersOf, rootScopes } from "./reads.ts";
import { wayToFreeSpot } from "./layout/free-spot.ts";
import { hangingOf } from "./room.ts";
import type { Point } from "./ui.ts";
import { uiOf } from "./ui.ts";
import type { Box } from "./view/zone-box.ts";
import { sourceKeyOf, wiresOfOutputs } from "./wires.ts";

/**
 * Positions by `uiNameOf` of everything that has none, in the document or among those that were found before: in layers, from
 * what is read to what reads it, and clear of what has one.
 */
export function layout(
  analysis: Analysis,
  registry: Registry,
  before: Readonly<Record<string, Point>> = {},
): Readonly<Record<string, Point>> {
  const given = { ...before, ...uiOf(analysis.document).nodes };
  const drawing: Drawing = { analysis, registry, found: {}, given };
  for (const scope of rootScopes(analysis.document)) layRoot(drawing, scope as RootScope);
  return drawing.found;
}

interface Drawing {
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly found: Record<string, Point>;
  readonly given: Readonly<Record<string, Point>>;
}

/** A graph or a block: slots in the first layer, outputs in the last. */
function layRoot(drawing: Drawing, scope: RootScope): void {
  const { analysis, registry } = drawing;
  const owner = scope.path.slice(0, -1);
  const readers = readersOf(analysis.document);
  const inside = itemsOf(drawing, scope);
  const cardHeight = (key: Key, height: number): number =>
    height + hangingOf(analysis.document, key);
  const slots = Object.keys(scope.inputs).flatMap((name): readonly Item[] => {
    const view = slotView(scope, name, registry);
    const key = keyOf([...owner, "inputs", name]);
    return view === null
      ? []
      : [{ key, size: [view.width, cardHeight(key, view.height)], reads: [], edge: "first" }];
  });
  const outputs = wiresOfOutputs(analysis.document, scope).flatMap((wire): readonly Item[] => {
    const view = outputView(scope, wire.name, analysis, registry);
    if (view === null) return [];
    const reads = wire.from === null ? [] : [ownerIn(inside, sourceKeyOf(wire.from.source))];
    const height = cardHeight(wire.key, view.height);
    return [{ key: wire.key, size: [view.width, height], reads, edge: "last" }];
  });
  const fed = new Map<Key, Key[]>();
  for (const { key } of slots)
    for (const { target } of readers.get(`${key}/out`) ?? []) {
      const reader = ownerIn(inside, target);
      fed.set(reader, [...(fed.get(reader) ?? []), key]);
    }
  const nodes = inside.map((item) => ({
    ...item,
    reads: [...item.reads, ...(fed.get(item.key) ?? [])],
  }));
  keep(drawing, [...slots, ...nodes, ...outputs]);
}

/** The item of a body that a key names or lies in. */
const ownerIn = (items: readonly Item[], key: Key): Key =>
  items.find((item) => key === item.key || key.startsWith(`${item.key}/`))?.key ?? key;

/** The nodes of a body, with what lies in their own bodies laid out first, so that their size is known. */
function itemsOf(drawing: Drawing, scope: Scope): readonly Item[] {
  return Object.keys(scope.body).flatMap((id): readonly Item[] => {
    const view = nodeView(scope, id, drawing.analysis, drawing.registry);
    const node = scope.body[id];
    if (view === null || node === undefined) return [];
    const reads = [...dependenciesOf(scope.body, id)].map((read) => keyOf([...scope.path, read]));
    const inner = innerScopes(scope, id, node);
    const contents = inner.map((body) => ({
      key: keyOf(body.path),
      boxes: layBody(drawing, body),
    }));
    const closed = uiOf(drawing.analysis.document).collapsed.includes(uiNameOf(view.key));
    if (contents.length === 0 || closed) {
      const height = view.height + hangingOf(drawing.analysis.document, view.key);
      return [{ key: view.key, size: [view.width, height], reads }];
    }
    const { width, height } = zoneBox(view, contents);
    return [{ key: view.key, size: [width, height], reads }];
  });
}

function layBody(drawing: Drawing, scope: Scope) {
  const items = itemsOf(drawing, scope);
  keep(drawing, items);
  return items.map(({ key, size: [width, height] }) => {
    const name = uiNameOf(key);
    const [x, y] = drawing.given[name] ?? drawing.found[name] ?? [0, 0];
    return { x, y, width, height };
  });
}

function keep({ found, given }: Drawing, items: readonly Item[]): void {
  const boxAt = ([x, y]: Point, { size: [width, height] }: Item): Box => ({ x, y, width, height });
  const placeOf = ({ key }: Item): Point | undefined => given[uiNameOf(key)];
  const boxes = items.flatMap((item) => {
    const place = placeOf(item);
    return place === undefined ? [] : [boxAt(place, item)];
  });
  const places = arrange(items);
  const isAlone = boxes.length === 0;
  const around = { boxes: [...boxes], shift: shiftTo(items, places, placeOf) };
  for (const item of items) {
    if (placeOf(item) !== undefined) continue;
    const arranged = places.get(item.key) ?? [0, 0];
    const box = boxAt(isAlone ? arranged : besides(item, arranged, around), item);
    const [dx, dy] = isAlone ? [0, 0] : wayToFreeSpot(box, boxes);
    const [x, y] = [box.x + dx, box.y + dy];
    boxes.push({ ...box, x, y });
    found[uiNameOf(item.key)] = [x, y];
  }
}

/** From the places of an arrangement to where those that have one of their own stand, on the mean. */
function shiftTo(
  items: readonly Item[],
  arranged: ReadonlyMap<Key, Point>,
  placeOf: (item: Item) => Point | undefined,
): Point {
  const ways = items.flatMap((item): readonly Point[] => {
    const [from, to] = [arranged.get(item.key), placeOf(item)];
    return from === undefined || to === undefined ? [] : [[to[0] - from[0], to[1] - from[1]]];
  });
  const mean = (axis: 0 | 1): number =>
    Math.round(ways.reduce((sum, way) => sum + way[axis], 0) / Math.max(1, ways.length));
  return [mean(0), mean(1)];
}

/** Where the arrangement wants it, beside those that stand: slots before all of them, outputs after. */
function besides(
  { size: [width], edge }: Item,
  [x, y]: Point,
  { boxes, shift: [dx, dy] }: { readonly boxes: readonly Box[]; readonly shift: Point },
): Point {
  if (edge === "first") return [Math.min(...boxes.map((box) => box.x)) - margin - width, y + dy];
  if (edge === "last") return [Math.max(...boxes.map((box) => box.x + box.width)) + margin, y + dy];
  return [x + dx, y + dy];
}

/** Between what stands and the slots and outputs beside it. */
const margin = 72;
