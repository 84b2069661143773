import { useEffect } from "react";
import type { Studio } from "./studio.ts";

/** In a window where the inspector was not shown at first it comes with the first thing that is selected, and only then. */
export function useInspectorOnChoice({ editor, view }: Studio): void {
  useEffect(() => {
    if (view.getState().right !== null) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    // Not while a button is held: what is dragged stays under the pointer.
    let pressed = { x: 0, y: 0 };
    const open = (isDrop: boolean): void => {
      if (editor.getState().selection.length === 0) return;
      listening.abort();
      view.setState({ right: "inspector" });
      // What was dropped lies where it was wanted.
      if (!isDrop) requestAnimationFrame(() => view.setState({ camera: "follow" }));
    };
    addEventListener("pointerdown", ({ x, y }) => void (pressed = { x, y }), { signal });
    addEventListener(
      "pointerup",
      ({ x, y }) => {
        const isDrop = Math.hypot(x - pressed.x, y - pressed.y) > 4;
        setTimeout(() => open(isDrop));
      },
      { signal },
    );
    addEventListener("keyup", () => setTimeout(() => open(false)), { signal });
    const stop = view.subscribe(({ right }) => right !== null && listening.abort());
    return () => {
      listening.abort();
      stop();
    };
  }, [editor, view]);
}
