import { useEffect } from "react";
import type { Studio } from "./studio.ts";

/** In a window where the inspector was not shown at first it comes with the first thing that is selected, and only then. */
export function useInspectorOnChoice({ editor, view }: Studio): void {
  useEffect(() => {
    if (view.getState().right !== null) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    // Not while a button is held: what is dragged stays under the pointer.
    const open = (): void => {
      if (editor.getState().selection.length === 0) return;
      listening.abort();
      view.setState({ right: "inspector" });
      requestAnimationFrame(() => view.setState({ camera: "follow" }));
    };
    addEventListener("pointerup", () => setTimeout(open), { signal });
    addEventListener("keyup", () => setTimeout(open), { signal });
    const stop = view.subscribe(({ right }) => right !== null && listening.abort());
    return () => {
      listening.abort();
      stop();
    };
  }, [editor, view]);
}
