import { useRef, type PointerEvent } from "react";
import type { Place } from "../viewers/scene/layers.ts";
import type { Vector } from "./mixture.ts";

interface Dragged {
  readonly place: Place;
  /** Where what is dragged stands. */
  readonly at: Vector;
  readonly onDrag: (to: Vector) => void;
  readonly onEnd: () => void;
}

interface Drag {
  at: Vector;
  x: number;
  y: number;
}

/** A press that follows the pointer through the plane, slower with Shift; at most once a frame of the screen. */
export function useDragInPlane({ place, at, onDrag, onEnd }: Dragged) {
  const drag = useRef<Drag | null>(null);
  const frame = useRef(0);
  const latest = useRef(onDrag);
  latest.current = onDrag;
  const unit = (place.extent.x[1] - place.extent.x[0]) / place.plot.width;
  const flush = (): void => {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    if (drag.current !== null) latest.current(drag.current.at);
  };
  const end = (): void => {
    if (drag.current === null) return;
    if (frame.current !== 0) flush();
    drag.current = null;
    onEnd();
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement | SVGElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { at, x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX, clientY, shiftKey }: PointerEvent) => {
      const now = drag.current;
      if (now === null || (clientX === now.x && clientY === now.y)) return;
      const by = unit * (shiftKey ? 0.1 : 1);
      now.at = [now.at[0] + (clientX - now.x) * by, now.at[1] - (clientY - now.y) * by];
      [now.x, now.y] = [clientX, clientY];
      if (frame.current === 0) frame.current = requestAnimationFrame(flush);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
