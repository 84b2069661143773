import { getViewportForBounds, type Viewport } from "@xyflow/react";
import type { Key } from "../document/keys.ts";
import { around, type Extents, type Rect } from "./view-window.ts";

/** Below this zoom a card shows its name alone. */
export const nearZoom = 0.45;
/** The zoom of a part that does not fit: the words of cards can be read. */
const readingZoom = 0.7;
/** Of the canvas, on each side. */
export const margin = 0.08;

interface Room {
  readonly width: number;
  readonly height: number;
}

/**
 * What is seen of a body at first: all of it where its cards are near enough then, else its largest zone, from the upper left
 * corner where the zone is larger than the canvas too. Null where there is nothing to see.
 */
export function firstView(
  extents: Pick<Extents, "nodes">,
  zones: Iterable<Key>,
  room: Room,
): Viewport | null {
  const all = around(extents.nodes.values());
  if (all === null || room.width <= 0 || room.height <= 0) return null;
  if (isNear(all, room)) return fitted(all, room);
  const part = largest([...zones].map((key) => extents.nodes.get(key))) ?? all;
  return isNear(part, room) ? fitted(part, room) : beginningOf(part, room);
}

/** Whether cards are near enough to be read where all of a rectangle is seen. */
export const isNear = (rect: Rect, room: Room): boolean => fitted(rect, room).zoom >= nearZoom;

function fitted([left, top, right, bottom]: Rect, { width, height }: Room): Viewport {
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  return getViewportForBounds(bounds, width, height, 0.05, 1, margin);
}

/** Along a side on which it fits it lies in the middle. */
function beginningOf([left, top, right, bottom]: Rect, { width, height }: Room): Viewport {
  const along = (from: number, to: number, length: number): number => {
    const free = length - (to - from) * readingZoom;
    return Math.max(free, 2 * margin * length) / 2 - from * readingZoom;
  };
  return { x: along(left, right, width), y: along(top, bottom, height), zoom: readingZoom };
}

const areaOf = ([left, top, right, bottom]: Rect): number => (right - left) * (bottom - top);

function largest(rects: readonly (Rect | undefined)[]): Rect | null {
  const drawn = rects.filter((rect) => rect !== undefined);
  return drawn.toSorted((a, b) => areaOf(b) - areaOf(a))[0] ?? null;
}
