import type { Point } from "../ui.ts";
import type { Box } from "../view/zone-box.ts";

/** Left free around what is put down. */
const gap = 24;
/** Boxes that are looked at, nearest first. */
const mostNear = 60;

/** Where a box may go across; up and down are open always. */
export interface Across {
  readonly left: boolean;
  readonly right: boolean;
}

/** The shortest way, across or down, on which a box covers none of the others; no way where it covers none. */
export function wayToFreeSpot(
  box: Box,
  others: Iterable<Box>,
  { left, right }: Across = { left: true, right: true },
): Point {
  const all = [...others];
  if (!all.some((other) => covers(box, other, 0))) return [0, 0];
  const near = all.toSorted((a, b) => distance(box, a) - distance(box, b)).slice(0, mostNear);
  const ways = [
    [
      0,
      ...near.flatMap((other) => [
        other.x + other.width + gap - box.x,
        other.x - gap - box.width - box.x,
      ]),
    ],
    [
      0,
      ...near.flatMap((other) => [
        other.y + other.height + gap - box.y,
        other.y - gap - box.height - box.y,
      ]),
    ],
  ] as const;
  const across = ways[0].filter((dx) => (dx >= 0 || left) && (dx <= 0 || right));
  const pairs = across.flatMap((dx) => ways[1].map((dy): Point => [dx, dy]));
  const shortest = pairs.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  return (
    shortest.find(([dx, dy]) => isFree({ ...box, x: box.x + dx, y: box.y + dy }, all)) ?? [0, 0]
  );
}

const lengthOf = ([dx, dy]: Point): number => Math.abs(dx) + Math.abs(dy);

const isFree = (box: Box, others: readonly Box[]): boolean =>
  !others.some((other) => covers(box, other, gap - 1));

const covers = (a: Box, b: Box, margin: number): boolean =>
  a.x < b.x + b.width + margin &&
  b.x < a.x + a.width + margin &&
  a.y < b.y + b.height + margin &&
  b.y < a.y + a.height + margin;

const distance = (a: Box, b: Box): number =>
  Math.abs(a.x + a.width / 2 - b.x - b.width / 2) +
  Math.abs(a.y + a.height / 2 - b.y - b.height / 2);
