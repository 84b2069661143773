import { useEffect } from "react";
import { portFor } from "./aim.ts";
import type { ItemNode } from "./items.ts";
import { useGestures } from "./gesture.ts";
import type { LiveFlow } from "./use-flow.ts";

/** While a wire is dragged over a card, finds the port of it that the wire would take. */
export function useAim({ lying }: LiveFlow): void {
  const gestures = useGestures();
  useEffect(() => {
    const listening = new AbortController();
    const onMove = ({ clientX, clientY }: MouseEvent): void => {
      const gesture = gestures.getState();
      if (gesture.from === null) return;
      const card = cardAt(clientX, clientY, lying);
      const aim = card === null ? null : (portFor(card.data.view, gesture)?.key ?? null);
      if (aim !== gesture.aim) gestures.setState({ aim });
    };
    addEventListener("mousemove", onMove, { signal: listening.signal });
    return () => listening.abort();
  }, [gestures, lying]);
}

/** The card under a point of the window; open zones are none. */
function cardAt(
  x: number,
  y: number,
  lying: () => readonly ItemNode[],
): Extract<ItemNode, { type?: "card" }> | null {
  const id = document.elementFromPoint(x, y)?.closest(".react-flow__node")?.getAttribute("data-id");
  const node = id === null || id === undefined ? undefined : lying().find((each) => each.id === id);
  return node?.type === "card" ? node : null;
}
