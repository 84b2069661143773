import { useReactFlow } from "@xyflow/react";
import { useEffect, type RefObject } from "react";

/** What is looked at stays where it is on the screen when the canvas begins elsewhere: beside a panel, or under a notice. */
export function useHeldOnScreen(root: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    let last = element.getBoundingClientRect();
    const observer = new ResizeObserver(() => {
      const now = element.getBoundingClientRect();
      const [right, down] = [last.left - now.left, last.top - now.top];
      last = now;
      if (right === 0 && down === 0) return;
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x + right, y: y + down, zoom });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, getViewport, setViewport]);
}
