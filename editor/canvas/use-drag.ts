import { useReactFlow, type OnNodeDrag } from "@xyflow/react";
import { useMemo } from "react";
import { useStudio } from "../app/use-studio.ts";
import { cornersOf, dropNodes, landingAt } from "./drop.ts";
import type { ItemNode } from "./items.ts";
import type { Landing } from "./geometry.ts";
import { useGestures } from "./gesture.ts";
import { screenPointOf, type ScreenPoint } from "./screen-point.ts";
import type { LiveFlow } from "./use-flow.ts";

interface DragHandlers {
  readonly onNodeDrag: OnNodeDrag<ItemNode>;
  readonly onNodeDragStop: OnNodeDrag<ItemNode>;
}

/** Nodes that are dragged by the mouse: one edit when they are dropped, into another body or onto a wire where they fall so. */
export function useDrag({ flow, lying, settle }: LiveFlow): DragHandlers {
  const studio = useStudio();
  const { screenToFlowPosition } = useReactFlow();
  const gestures = useGestures();
  return useMemo(() => {
    const under = (screen: ScreenPoint, dragged: readonly ItemNode[]): Landing => {
      const { x, y } = screenToFlowPosition(screen);
      const ids = new Set(dragged.map(({ id }) => id));
      // Only zones are asked for, and zones stand before what lies in them.
      const zones = lying().filter(({ type }) => type === "zone");
      return landingAt([x, y], flow, cornersOf(zones), ids);
    };
    return {
      onNodeDrag: (event, node, dragged) => {
        const { zone } = under(screenPointOf(event), dragged);
        const landing = zone === (node.parentId ?? null) ? null : zone;
        if (gestures.getState().landing !== landing) gestures.setState({ landing });
      },
      onNodeDragStop: (event, _, dragged) => {
        gestures.setState({ landing: null });
        const screen = screenPointOf(event);
        dropNodes(studio, {
          flow,
          nodes: lying(),
          dragged: dragged.map(({ id }) => id),
          screen,
          landing: under(screen, dragged),
        });
        settle();
      },
    };
  }, [studio, flow, lying, settle, screenToFlowPosition, gestures]);
}
