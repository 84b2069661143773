import type { Viewport } from "@xyflow/react";
import type { Rect } from "./view-window.ts";

/** Left free between what is brought into sight and the border of the canvas, in px of the screen. */
const free = 24;

interface Room {
  readonly clientWidth: number;
  readonly clientHeight: number;
}

/**
 * The viewport from which a rectangle is seen, at the same zoom and moved no further than needed. Something
 * large that half of the canvas shows already is in sight; of what is larger than the canvas the beginning is brought there.
 */
export function intoSight(
  { x, y, zoom }: Viewport,
  [left, top, right, bottom]: Rect,
  { clientWidth, clientHeight }: Room,
): Viewport {
  return {
    x: x + way(left * zoom + x, right * zoom + x, clientWidth),
    y: y + way(top * zoom + y, bottom * zoom + y, clientHeight),
    zoom,
  };
}

function way(from: number, to: number, length: number): number {
  const seen = Math.min(to, length) - Math.max(from, 0);
  if ((from >= 0 && to <= length) || seen >= length / 2) return 0;
  const back = Math.min(0, length - free - to);
  return from + back < free ? free - from : back;
}
