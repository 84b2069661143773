import { useEffect, useRef, type PointerEvent, type RefObject } from "react";
import type { Fit } from "./fit-photo.ts";
import { type Mask, paint, type Stroke } from "./mask.ts";
import { paintMask, spotUnder, themeColour } from "./painted.ts";
import type { Tool } from "./tool.ts";

interface Painting {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly fit: Fit;
  readonly mask: Mask;
  readonly tool: Tool;
  readonly onStroke: (stroke: Stroke) => void;
}

/** The gesture that goes on: what the mask was before it, and what it is now. */
interface Live {
  readonly before: Mask;
  readonly mask: Mask;
  stroke: Stroke;
}

/** Paints on the mask by mouse, pen or finger; a stroke is told when it ends. */
export function usePainting({ canvas, fit, mask, tool, onStroke }: Painting) {
  const live = useRef<Live | null>(null);
  const draw = (shown: Mask): void => {
    const { current } = canvas;
    if (current !== null) paintMask(current, shown, themeColour(current, "--space-operator"));
  };
  useEffect(() => draw(mask));
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const spot = spotUnder(event.currentTarget, event, fit);
    const stroke = firstStroke(tool, fit, spot);
    live.current = { before: mask, mask: mask.slice(), stroke };
    paint(live.current.mask, stroke, fit);
    draw(live.current.mask);
  };
  const move = (event: PointerEvent): void => {
    const { current } = live;
    if (current === null) return;
    const spots = coalesced(event).map((each) => spotUnder(event.currentTarget, each, fit));
    for (const spot of spots) grow(current, spot, fit);
    draw(current.mask);
  };
  const end = (): void => {
    const { current } = live;
    live.current = null;
    if (current !== null) onStroke(current.stroke);
  };
  const cancel = (): void => {
    live.current = null;
    draw(mask);
  };
  return { onPointerDown: begin, onPointerMove: move, onPointerUp: end, onPointerCancel: cancel };
}

/** The points that the browser put together in one event. */
const coalesced = ({ nativeEvent }: PointerEvent) => {
  const events = nativeEvent.getCoalescedEvents();
  return events.length === 0 ? [nativeEvent] : events;
};

function firstStroke({ shape, marks, size }: Tool, fit: Fit, spot: readonly [number, number]) {
  const radius = ((size / 2) * fit.crop.width) / fit.width;
  return shape === "brush"
    ? ({ shape, marks, radius, path: [spot] } as const)
    : ({ shape, marks, from: spot, to: spot } as const);
}

function grow(live: Live, spot: readonly [number, number], fit: Fit): void {
  const { stroke, mask, before } = live;
  if (stroke.shape === "rectangle") {
    live.stroke = { ...stroke, to: spot };
    mask.set(before);
    paint(mask, live.stroke, fit);
    return;
  }
  const last = stroke.path.at(-1) ?? spot;
  live.stroke = { ...stroke, path: [...stroke.path, spot] };
  paint(mask, { ...stroke, path: [last, spot] }, fit);
}
