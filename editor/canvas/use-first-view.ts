import { getViewportForBounds, useReactFlow, type Viewport } from "@xyflow/react";
import { useEffect, useRef, type RefObject } from "react";
import { useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { uiOf } from "../document/ui.ts";
import type { Part } from "../state/view-store.ts";

const mostZoom = 1.25;

/** The camera that shows a part of the canvas as large as it can. */
export function viewportOf({ at, size }: Part, root: HTMLElement | null): Viewport {
  const { clientWidth = 0, clientHeight = 0 } = root ?? {};
  const bounds = { x: at[0], y: at[1], width: size[0], height: size[1] };
  return getViewportForBounds(bounds, clientWidth, clientHeight, 0.05, mostZoom, 0.02);
}

interface FirstView {
  readonly showFirst: () => void;
  /** Whether nothing lies in a part of the canvas. */
  readonly isBare: (part: Part) => boolean;
}

/**
 * Shows a body that was left as it was left, else the first view that the file keeps of it and that shows something, else what
 * `showFirst` shows; once more where the canvas gets another size before anybody has touched the page.
 */
export function useFirstView(
  isThere: boolean,
  root: RefObject<HTMLElement | null>,
  { showFirst, isBare }: FirstView,
): void {
  const { editor } = useStudio();
  const reactFlow = useReactFlow();
  const scope = useEditor((state) => state.scope);
  const opened = useEditor((state) => state.opening);
  const left = useRef({ opened, viewports: new Map<Key, Viewport>() });
  const begin = useRef({ showFirst, isBare });
  begin.current = { showFirst, isBare };
  useEffect(() => {
    if (!isThere) return undefined;
    if (left.current.opened !== opened) left.current = { opened, viewports: new Map() };
    const { viewports } = left.current;
    const again = viewports.get(scope);
    const { views } = uiOf(editor.getState().history.present);
    const first = views.find((part) => part.scope === scope && !begin.current.isBare(part));
    const show = (): void => {
      if (again !== undefined) void reactFlow.setViewport(again);
      else if (first !== undefined) void reactFlow.setViewport(viewportOf(first, root.current));
      else begin.current.showFirst();
    };
    show();
    const stop = whileUntouched(root.current, show);
    return () => {
      stop();
      viewports.set(scope, reactFlow.getViewport());
    };
  }, [scope, opened, isThere, editor, reactFlow, root]);
}

const touches = ["pointerdown", "wheel", "keydown"] as const;

/** Calls back when an element gets another size, until the first press or key; returns how to end before. */
function whileUntouched(element: HTMLElement | null, resized: () => void): () => void {
  if (element === null) return () => {};
  let size = `${element.clientWidth} ${element.clientHeight}`;
  const observer = new ResizeObserver(() => {
    const now = `${element.clientWidth} ${element.clientHeight}`;
    if (now !== size) resized();
    size = now;
  });
  const stop = (): void => {
    observer.disconnect();
    for (const touch of touches) removeEventListener(touch, stop, { capture: true });
  };
  observer.observe(element);
  for (const touch of touches) addEventListener(touch, stop, { capture: true, passive: true });
  return stop;
}
