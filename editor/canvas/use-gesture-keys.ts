import { useEffect } from "react";
import { still, useGestures } from "./gesture.ts";

/** While a wire is dragged, Escape lets it go, and Alt shows where it would fit with something between. */
export function useGestureKeys(): void {
  const gestures = useGestures();
  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    const isDragging = () => gestures.getState().from !== null;
    const onKey = (event: KeyboardEvent): void => {
      if (!isDragging()) return;
      if (event.key === "Alt") {
        event.preventDefault();
        gestures.setState({ withAdapters: event.type === "keydown" });
      }
      if (event.key !== "Escape" || event.type !== "keydown") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // What ends the drag finds nothing that could be drawn.
      gestures.setState(still);
      document.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    };
    addEventListener("keydown", onKey, options);
    addEventListener("keyup", onKey, options);
    return () => listening.abort();
  }, [gestures]);
}
