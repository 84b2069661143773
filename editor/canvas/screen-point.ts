/** A point of the window, in px. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** Where the mouse is, or the finger was. */
export function screenPointOf(
  event: MouseEvent | TouchEvent | React.MouseEvent | React.TouchEvent,
): ScreenPoint {
  const at = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}
