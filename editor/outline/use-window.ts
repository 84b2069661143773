import { type RefObject, type UIEvent, useLayoutEffect, useState } from "react";

/** Of a row, in px; `.outline-row` has the same. */
export const rowHeight = 24;

/** Rows mounted beyond the edges, so that scrolling shows no gaps. */
const margin = 12;

/** Which rows of a scrolled list are in view. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - margin),
    last: Math.min(count - 1, Math.ceil((top + height) / rowHeight) + margin),
    onScroll: (event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop),
    /** Scrolls as little as brings a row into view. */
    show: (index: number) => {
      const element = box.current;
      if (element === null || index < 0) return;
      const from = index * rowHeight;
      if (from < element.scrollTop) element.scrollTop = from;
      const lowest = from + rowHeight - element.clientHeight;
      if (lowest > element.scrollTop) element.scrollTop = lowest;
    },
  };
}
