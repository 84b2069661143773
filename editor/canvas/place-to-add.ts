import type { ReactFlowInstance, XYPosition } from "@xyflow/react";
import type { Rect } from "./view-window.ts";

/** Between what is chosen and what is added, at zoom 1. */
const gap = 72;

/** Of the canvas, on the screen. */
type Frame = Readonly<Record<"left" | "top" | "right" | "bottom", number>>;
type Camera = Pick<ReactFlowInstance, "flowToScreenPosition">;

/**
 * Where on the screen things are added that have no place of their own: right of what is chosen, where that is in sight, else
 * in the upper middle.
 */
export function placeToAdd(
  { flowToScreenPosition }: Camera,
  chosen: Rect | null,
  canvas: Frame,
): XYPosition {
  const { left, bottom } = canvas;
  const middle = { x: (left + canvas.right) / 2, y: (2 * canvas.top + bottom) / 3 };
  if (chosen === null) return middle;
  const [, top, right] = chosen;
  const beside = flowToScreenPosition({ x: right + gap, y: top });
  const isInSight =
    beside.x > left && beside.x < canvas.right && beside.y > canvas.top && beside.y < bottom;
  return isInSight ? beside : middle;
}
