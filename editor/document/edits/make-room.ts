import type { Registry } from "../../../runtime/graph/define-node.ts";
import { mostIssues } from "../../../runtime/graph/check/check.ts";
import { dependenciesOf } from "../../../runtime/graph/order.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import type { Analysis } from "../analysis.ts";
import type { Key } from "../keys.ts";
import { idOf, keyOf, scopeAt, uiNameOf } from "../keys.ts";
import { type Across, wayToFreeSpot } from "../layout/free-spot.ts";
import { type Growth, shove } from "../layout/shove.ts";
import { touchedBodies } from "../layout/touched-bodies.ts";
import { type Ground, roomOf, roomsIn } from "../room.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import type { Box } from "../view/zone-box.ts";
import type { DocumentDraft } from "./draft.ts";
import { move } from "./move.ts";

export interface Edited {
  readonly before: Analysis;
  readonly after: Analysis;
  readonly registry: Registry;
  /** Positions found by layout, by `uiNameOf`. */
  readonly found: Readonly<Record<string, Point>>;
}

type Rooms = ReadonlyMap<Key, Box>;

/**
 * What an edit made larger pushes its neighbours aside, what it made smaller lets them come back, and what it added is put
 * where it covers nothing. The draft is of the document after the edit.
 */
export function makeRoom(draft: DocumentDraft, edited: Edited): void {
  const places = new Map<Key, Point>();
  const old = groundOf(edited.before, edited, new Map());
  const now = groundOf(edited.after, edited, places);
  for (const body of touchedBodies(edited.before.document, edited.after.document)) {
    const past = scopeOf(edited.before, body);
    const scope = scopeOf(edited.after, body);
    if (scope === null || past === null || isAsRoomy(old, now, past, scope)) continue;
    placeNew(now, past, scope, places);
    const before = roomsIn(old, past);
    settleAdded(before, now, scope, places);
    const after = roomsIn(now, scope);
    shiftBy(shove(after, growthsOf(before, after, old, now)), now, places);
    uncover(before, now, scope, places);
  }
  move(draft, places);
}

/** The body itself, not the nearest one around it. */
function scopeOf({ document }: Analysis, body: Key): Scope | null {
  const scope = scopeAt(document, body);
  return scope !== null && keyOf(scope.path) === body ? scope : null;
}

/** True where nothing of a body can have changed its room: found without asking all that lies in it. */
function isAsRoomy(old: Ground, now: Ground, past: Scope, scope: Scope): boolean {
  const [a, b] = [old.analysis.document, now.analysis.document];
  const ids = Object.keys(scope.body);
  if (!areKnown(now.analysis)) return false;
  if (a.ui !== b.ui || a.inputs !== b.inputs || a.outputs !== b.outputs || a.blocks !== b.blocks)
    return false;
  if (ids.length !== Object.keys(past.body).length) return false;
  return ids.every((id) => {
    if (scope.body[id] === past.body[id]) return true;
    const [from, to] = [roomOf(old, past, id), roomOf(now, scope, id)];
    return from !== null && to !== null && sameBox(from, to);
  });
}

/** No node is as large as its readers make it, as one is of which the ports are not known. */
const areKnown = ({ issues }: Analysis): boolean =>
  issues.length < mostIssues && issues.every(({ code }) => /^(?:port|ref)\./.test(code));

function groundOf(
  analysis: Analysis,
  { registry, found }: Edited,
  places: ReadonlyMap<Key, Point>,
): Ground {
  const { nodes } = uiOf(analysis.document);
  const placeOf = (key: Key): Point | null => {
    const name = uiNameOf(key);
    return places.get(key) ?? own(nodes, name) ?? own(found, name) ?? null;
  };
  return { analysis, registry, placeOf };
}

function shiftBy(shifts: ReadonlyMap<Key, Point>, ground: Ground, places: Map<Key, Point>): void {
  for (const [key, [dx, dy]] of shifts) {
    const [x, y] = ground.placeOf(key) ?? [0, 0];
    places.set(key, [x + dx, y + dy]);
  }
}

/** New nodes without a place: on a free one after what they read, else before what reads them, else under all the others. */
function placeNew(ground: Ground, past: Scope, scope: Scope, places: Map<Key, Point>): void {
  const keyFor = (id: string): Key => keyOf([...scope.path, id]);
  const lost = Object.keys(scope.body).filter(
    (id) => !Object.hasOwn(past.body, id) && ground.placeOf(keyFor(id)) === null,
  );
  for (const id of lost) {
    // Its size does not depend on where it stands.
    const room = roomOf({ ...ground, placeOf: () => [0, 0] }, scope, id);
    const { reads, readers } = neighboursOf(ground, scope, id);
    const all = Object.keys(scope.body).flatMap((other) => roomOf(ground, scope, other) ?? []);
    if (room === null) continue;
    const [x, y] = besideOf(room, { reads, readers, all });
    const box = { ...room, x, y };
    const [dx, dy] = wayToFreeSpot(box, all, waysInOrder(box, { reads, readers }));
    places.set(keyFor(id), [x + dx, y + dy]);
  }
}

const gap: Point = [72, 24];

/** What a node reads in its body, and what reads it there, as far as they have a place. */
interface Neighbours {
  readonly reads: readonly Box[];
  readonly readers: readonly Box[];
}

function neighboursOf(ground: Ground, scope: Scope, id: string): Neighbours {
  const standing = (other: string): readonly Box[] => {
    const box = roomOf(ground, scope, other);
    return box === null ? [] : [box];
  };
  return {
    reads: [...dependenciesOf(scope.body, id)].flatMap(standing),
    readers: Object.keys(scope.body)
      .filter((other) => dependenciesOf(scope.body, other).has(id))
      .flatMap(standing),
  };
}

/** What stands after all that it reads, or before all that read it, goes on doing so. */
const waysInOrder = ({ x, width }: Box, { reads, readers }: Neighbours): Across => ({
  left: reads.length === 0 || reads.some((box) => box.x + box.width > x),
  right: readers.length === 0 || readers.some((box) => box.x < x + width),
});

function besideOf(
  room: Box,
  { reads, readers, all }: Neighbours & { readonly all: readonly Box[] },
): Point {
  const [source] = reads.toSorted((a, b) => b.x + b.width - a.x - a.width);
  if (source !== undefined) return [source.x + source.width + gap[0], source.y];
  const [reader] = readers.toSorted((a, b) => a.x - b.x);
  if (reader !== undefined) return [reader.x - room.width - gap[0], reader.y];
  if (all.length === 0) return [0, 0];
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  return [Math.min(...all.map(({ x }) => x)), bottom + gap[1]];
}

const isIn = (box: Box, boxes: readonly Box[]): boolean =>
  boxes.some((other) => sameBox(box, other));

const difference = (a: Rooms, b: Rooms): readonly Key[] =>
  [...a.keys()].filter((key) => !b.has(key));

/** What came into a body, and replaces nothing there, goes together to the nearest place where it covers nothing. */
function settleAdded(before: Rooms, ground: Ground, scope: Scope, places: Map<Key, Point>): void {
  const after = roomsIn(ground, scope);
  const added = difference(after, before);
  if (added.length === 0 || difference(before, after).length > 0) return;
  const others = new Map([...after].filter(([key]) => before.has(key)));
  const box = around(boxesOf(after, added));
  const nodes = added.map(idOf).filter((id) => added.includes(keyOf([...scope.path, id])));
  const neighbours = nodes.map((id) => neighboursOf(ground, scope, id));
  const outside = (boxes: readonly Box[]) =>
    boxes.filter((each) => !isIn(each, boxesOf(after, added)));
  const way = wayToFreeSpot(
    box,
    others.values(),
    waysInOrder(box, {
      reads: outside(neighbours.flatMap(({ reads }) => reads)),
      readers: outside(neighbours.flatMap(({ readers }) => readers)),
    }),
  );
  if (way[0] !== 0 || way[1] !== 0)
    shiftBy(new Map(added.map((key) => [key, way])), ground, places);
}

/** What lies under a thing that has grown or come, and did not before, goes to the nearest free place. */
function uncover(before: Rooms, ground: Ground, scope: Scope, places: Map<Key, Point>): void {
  const rooms = new Map(roomsIn(ground, scope));
  const larger = [...rooms.keys()].filter((key) => !isAsLarge(before.get(key), rooms.get(key)));
  const isUnder = (key: Key, now: Box): boolean =>
    larger.some((over) => {
      const [box, past, pastOver] = [rooms.get(over), before.get(key), before.get(over)];
      const was = past !== undefined && pastOver !== undefined && meet(past, pastOver);
      return over !== key && box !== undefined && meet(now, box) && !was;
    });
  for (const [key, box] of rooms) {
    if (larger.includes(key) || !isUnder(key, box)) continue;
    rooms.delete(key);
    const isNode = key === keyOf([...scope.path, idOf(key)]);
    const neighbours = isNode ? neighboursOf(ground, scope, idOf(key)) : { reads: [], readers: [] };
    const way = wayToFreeSpot(box, rooms.values(), waysInOrder(box, neighbours));
    shiftBy(new Map([[key, way]]), ground, places);
    rooms.set(key, { ...box, x: box.x + way[0], y: box.y + way[1] });
  }
}

const isAsLarge = (past: Box | undefined, now: Box | undefined): boolean =>
  past?.width === now?.width && past?.height === now?.height;

/** What stands where it stood, with another size; what took the place of others, with theirs. */
function growthsOf(before: Rooms, after: Rooms, old: Ground, now: Ground): readonly Growth[] {
  const grown = [...after].flatMap(([key, to]): readonly Growth[] => {
    const from = before.get(key);
    const isMoved = String(old.placeOf(key)) !== String(now.placeOf(key));
    return from === undefined || isMoved || sameBox(from, to) ? [] : [{ keys: [key], from, to }];
  });
  const [gone, come] = [difference(before, after), difference(after, before)];
  if (gone.length === 0 || come.length === 0) return grown;
  const from = around(boxesOf(before, gone));
  return [...grown, { keys: come, from, to: around(boxesOf(after, come)) }];
}

const boxesOf = (rooms: Rooms, keys: readonly Key[]): readonly Box[] =>
  keys.flatMap((key) => rooms.get(key) ?? []);

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const sameBox = (a: Box, b: Box): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
