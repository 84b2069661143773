import { useRef, type PointerEvent } from "react";
import { dragged, type Scale } from "../fields/scale.ts";

interface DragNumber {
  readonly scale: Scale;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly onEnd: () => void;
}

interface Drag {
  readonly from: number;
  x: number;
  /** Pixels since the press; those moved with Shift count a tenth. */
  moved: number;
  hasMoved: boolean;
  readonly listening: AbortController;
}

type Handler = (event: PointerEvent<HTMLInputElement>) => void;

interface DragHandlers {
  readonly onPointerDown: Handler;
  readonly onPointerMove: Handler;
  readonly onPointerUp: Handler;
  readonly onPointerCancel: Handler;
}

/** A press that moves less than this is a click. */
const slack = 3;

/** A number follows the pointer sideways until it is let go, or back to where it was by Escape; a click puts the caret into it. While it is being typed nothing drags. */
export function useDragNumber({ scale, value, onChange, onEnd }: DragNumber): DragHandlers {
  const drag = useRef<Drag | null>(null);
  const giveUp = (event: KeyboardEvent): void => {
    const was = drag.current;
    if (event.key !== "Escape" || was === null) return;
    event.stopPropagation();
    was.listening.abort();
    drag.current = null;
    if (!was.hasMoved) return;
    onChange(was.from);
    onEnd();
  };
  const end: Handler = ({ currentTarget: input, pointerId }) => {
    const was = drag.current;
    drag.current = null;
    if (was === null) return;
    was.listening.abort();
    if (input.hasPointerCapture(pointerId)) input.releasePointerCapture(pointerId);
    if (was.hasMoved) return onEnd();
    input.focus();
    input.select();
  };
  return {
    onPointerDown: (event) => {
      const { currentTarget: input, clientX, pointerId, button } = event;
      if (button !== 0 || input.ownerDocument.activeElement === input) return;
      event.preventDefault();
      input.setPointerCapture(pointerId);
      const listening = new AbortController();
      addEventListener("keydown", giveUp, { capture: true, signal: listening.signal });
      drag.current = { from: value, x: clientX, moved: 0, hasMoved: false, listening };
    },
    onPointerMove: ({ clientX, shiftKey }) => {
      const now = drag.current;
      if (now === null) return;
      now.moved += (clientX - now.x) * (shiftKey ? 0.1 : 1);
      now.x = clientX;
      now.hasMoved ||= Math.abs(now.moved) > slack;
      if (now.hasMoved) onChange(dragged(scale, now.from, now.moved, shiftKey));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
