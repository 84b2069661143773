import type { Key } from "../keys.ts";
import type { Point } from "../ui.ts";
import type { Box } from "../view/zone-box.ts";

/** A thing that has become larger or smaller where it stands. */
export interface Growth {
  /** Null: several things, none of which is moved by the others. */
  readonly keys: readonly Key[];
  readonly from: Box;
  readonly to: Box;
}

/** Gaps up to these are kept when a neighbour grows or shrinks; wider ones give way first. */
const kept: Point = [96, 40];
/** Left edges closer than this stand in one column. */
const column = 8;

/**
 * Where the others go when things of a body grow or shrink, so that nothing is covered: who stands on a side that moved, and
 * who stands behind them, goes along with it. Only those that must move are named; the boxes are those after the growth.
 */
export function shove(
  boxes: ReadonlyMap<Key, Box>,
  growths: readonly Growth[],
): ReadonlyMap<Key, Point> {
  const now = new Map([...boxes].map(([key, box]) => [key, spansOf(box)]));
  const moved = new Map<Key, Point>();
  const steps = growths.flatMap((growth) => sides.map((side) => [growth, side] as const));
  for (const [growth, side] of steps)
    for (const [key, [dx, dy]] of shiftsOn(side, now, growth)) {
      const [x, y] = moved.get(key) ?? [0, 0];
      moved.set(key, [x + dx, y + dy]);
      now.set(key, shifted(now.get(key) ?? nowhere, [dx, dy]));
    }
  return moved;
}

/** Who goes along with one side of a growth, and by what. */
function shiftsOn(
  { axis, sign }: Side,
  now: ReadonlyMap<Key, Spans>,
  { keys, from, to }: Growth,
): readonly (readonly [Key, Point])[] {
  const others = [...now].flatMap(([key, spans]): readonly Standing[] =>
    keys.includes(key) ? [] : [{ key, spans: facing(spans, axis, sign) }],
  );
  const old = facing(spansOf(from), axis, sign);
  const grown = facing(spansOf(to), axis, sign);
  const { chain, by } = pushOf(others, old, grown, axis);
  if (by === 0) return [];
  return chain.map(({ key }) => [key, axis === 0 ? [by * sign, 0] : [0, by * sign]]);
}

type Span = readonly [number, number];
/** What a box covers across and down. */
type Spans = readonly [Span, Span];

const nowhere: Spans = [
  [0, 0],
  [0, 0],
];

const sides = [
  { axis: 0, sign: 1 },
  { axis: 0, sign: -1 },
  { axis: 1, sign: 1 },
  { axis: 1, sign: -1 },
] as const;
type Side = (typeof sides)[number];
type Axis = Side["axis"];

const spansOf = ({ x, y, width, height }: Box): Spans => [
  [x, x + width],
  [y, y + height],
];

const shifted = ([[left, right], [top, bottom]]: Spans, [dx, dy]: Point): Spans => [
  [left + dx, right + dx],
  [top + dy, bottom + dy],
];

/** A box as seen from a side: `along` grows away from it. */
interface Facing {
  readonly along: Span;
  readonly across: Span;
}

interface Standing {
  readonly key: Key;
  readonly spans: Facing;
}

function facing(spans: Spans, axis: Axis, sign: 1 | -1): Facing {
  const [low, high] = spans[axis];
  return {
    along: sign === 1 ? [low, high] : [-high, -low],
    across: spans[axis === 0 ? 1 : 0],
  };
}

const meet = ([a, b]: Span, [c, d]: Span): boolean => a < d && c < b;

interface Push {
  readonly chain: readonly Standing[];
  readonly by: number;
}

/** Who goes along with a side that moved, and how far. */
function pushOf(others: readonly Standing[], old: Facing, grown: Facing, axis: Axis): Push {
  const nothing: Push = { chain: [], by: 0 };
  const edge = old.along[1];
  const by = grown.along[1] - edge;
  const across: Span = [
    Math.min(old.across[0], grown.across[0]),
    Math.max(old.across[1], grown.across[1]),
  ];
  const beyond = others.filter(({ spans }) => spans.along[0] >= edge);
  const front = beyond.filter(({ spans }) => meet(spans.across, across));
  if (by === 0 || front.length === 0) return nothing;
  const gaps = front.map(({ spans }) => spans.along[0] - edge);
  const chain = chainOf(front, beyond, axis);
  if (by > 0) {
    const short = gaps.map((gap) => by - Math.max(0, gap - kept[axis]));
    return { chain, by: Math.max(0, ...short) };
  }
  const nearest = Math.min(...gaps);
  if (nearest > kept[axis]) return nothing;
  const room = roomBefore(chain, others, kept[axis]);
  return { chain, by: -Math.min(-by, room) };
}

/** Those in front, all that stand behind one of them, and in rows those of the same column. */
function chainOf(
  front: readonly Standing[],
  beyond: readonly Standing[],
  axis: Axis,
): readonly Standing[] {
  const chain = [...front];
  let rest = beyond.filter((each) => !front.includes(each));
  for (let i = 0; i < chain.length; i += 1) {
    const one = chain[i]?.spans;
    if (one === undefined) break;
    const follows = ({ spans }: Standing): boolean =>
      (axis === 0 && Math.abs(spans.along[0] - one.along[0]) < column) ||
      (spans.along[0] >= one.along[1] && meet(spans.across, one.across));
    chain.push(...rest.filter(follows));
    rest = rest.filter((each) => !follows(each));
  }
  return chain;
}

/** How far a chain can come back before it comes too near to one that stays. */
function roomBefore(chain: readonly Standing[], others: readonly Standing[], gap: number): number {
  const going = new Set(chain);
  const staying = others.filter((other) => !going.has(other));
  return Math.min(
    ...chain.map(({ spans }) =>
      staying.reduce((room, { spans: other }) => {
        const free = spans.along[0] - other.along[1];
        return free >= 0 && meet(spans.across, other.across)
          ? Math.min(room, Math.max(0, free - gap))
          : room;
      }, Infinity),
    ),
  );
}
