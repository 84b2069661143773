import type { ReactFlowInstance, XYPosition } from "@xyflow/react";
import type { Rect } from "./view-window.ts";

/** Between what is chosen and what is added, at zoom 1. */
const gap = 72;

/** Of the canvas, on the screen. */
type Frame = Readonly<Record<"left" | "top" | "right" | "bottom", number>>;
type Camera = Pick<ReactFlowInstance, "flowToScreenPosition">;

/** What says where a person works. */
interface Work {
  /** The rectangle around what is chosen. */
  readonly chosen: Rect | null;
  /** That is one zone whose body is shown. */
  readonly isZone: boolean;
  /** Where the pointer is, on the screen; null where it is not over the canvas. */
  readonly pointer: XYPosition | null;
}

/**
 * Where on the screen things are added that have no place of their own: inside the zone that is chosen, right of what else
 * is, where that is in sight; else under the pointer, or in the upper middle.
 */
export function placeToAdd(
  { flowToScreenPosition }: Camera,
  { chosen, isZone, pointer }: Work,
  canvas: Frame,
): XYPosition {
  const { left, top, right, bottom } = canvas;
  const otherwise = pointer ?? { x: (left + right) / 2, y: (2 * top + bottom) / 3 };
  if (chosen === null) return otherwise;
  const [x, y, end, foot] = chosen;
  if (!isZone) {
    const beside = flowToScreenPosition({ x: end + gap, y });
    return isIn(beside, canvas) ? beside : otherwise;
  }
  const [from, to] = [flowToScreenPosition({ x, y }), flowToScreenPosition({ x: end, y: foot })];
  const seen = {
    left: Math.max(from.x, left),
    top: Math.max(from.y, top),
    right: Math.min(to.x, right),
    bottom: Math.min(to.y, bottom),
  };
  if (seen.left >= seen.right || seen.top >= seen.bottom) return otherwise;
  if (pointer !== null && isIn(pointer, seen)) return pointer;
  return { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
}

const isIn = ({ x, y }: XYPosition, { left, top, right, bottom }: Frame): boolean =>
  x > left && x < right && y > top && y < bottom;
