import { useReactFlow, type OnNodeDrag } from "@xyflow/react";
import { useCallback, useMemo } from "react";
import { useStudio } from "../app/use-studio.ts";
import { move } from "../document/edits/move.ts";
import { moveInto } from "../document/edits/move-into.ts";
import { insertOnWire } from "../document/edits/insert-on-wire.ts";
import { idOf, keyOf, scopeKeyOf, type Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import { cornersOf, landingAt, originOf } from "./drop.ts";
import type { Landing } from "./geometry.ts";
import type { Flow, ItemNode } from "./flow-model.ts";
import { useGestures } from "./gesture.ts";
import type { LiveFlow } from "./use-flow.ts";

interface DragHandlers {
  readonly onNodeDrag: OnNodeDrag<ItemNode>;
  readonly onNodeDragStop: OnNodeDrag<ItemNode>;
}

/** Nodes that are dragged by the mouse: one edit when they are dropped, into another body where they fall into one. */
export function useDrag({ flow, nodes, settle }: LiveFlow): DragHandlers {
  const { editor, registry } = useStudio();
  const { screenToFlowPosition } = useReactFlow();
  const gestures = useGestures();

  const under = useCallback(
    (event: MouseEvent | TouchEvent | React.MouseEvent, dragged: readonly ItemNode[]): Landing => {
      const touch = "changedTouches" in event ? event.changedTouches[0] : event;
      const at = screenToFlowPosition({ x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 });
      return landingAt([at.x, at.y], flow, cornersOf(nodes), new Set(dragged.map(({ id }) => id)));
    },
    [flow, nodes, screenToFlowPosition],
  );

  const onNodeDrag: OnNodeDrag<ItemNode> = useCallback(
    (event, node, dragged) => {
      const { zone } = under(event, dragged);
      const landing = zone === (node.parentId ?? null) ? null : zone;
      if (gestures.getState().landing !== landing) gestures.setState({ landing });
    },
    [under, gestures],
  );

  const onNodeDragStop: OnNodeDrag<ItemNode> = useCallback(
    (event, _, dragged) => {
      gestures.setState({ landing: null });
      const landing = under(event, dragged);
      const corners = cornersOf(nodes);
      const body = landing.lane === null ? editor.getState().scope : keyOf(landing.lane.scope.path);
      const origin = originOf(landing, corners);
      const places = new Map<Key, Point>(
        dragged.map(({ id }) => {
          const [x, y] = corners.get(id) ?? [0, 0];
          const [growX, growY] = flow.drawn.get(id)?.growth ?? [0, 0];
          return [id, [Math.round(x - growX - origin[0]), Math.round(y - growY - origin[1])]];
        }),
      );
      const wire = dragged.length === 1 ? wireUnder(event, flow, dragged[0]?.id ?? "") : null;
      if (wire !== null && dragged[0] !== undefined) {
        const [{ id }] = dragged as [ItemNode];
        editor.actions.edit(
          { label: { key: "edits.insert", values: { type: idOf(id) } } },
          (draft) => {
            move(draft, places);
            insertOnWire(draft, registry, id, wire);
          },
        );
        return settle();
      }
      const leaving = dragged
        .map(({ id }) => id)
        .filter((id) => flow.drawn.has(id) && scopeKeyOf(id) !== body);
      if (leaving.length === 0)
        editor.actions.edit(
          { label: { key: "edits.move", values: { count: places.size } } },
          (draft) => move(draft, places),
        );
      else
        editor.actions.edit(
          { label: { key: "edits.moveInto", values: { count: leaving.length } } },
          (draft) => moveInto(draft, leaving, body, places),
        );
      settle();
    },
    [under, gestures, nodes, flow, editor, registry, settle],
  );

  return useMemo(() => ({ onNodeDrag, onNodeDragStop }), [onNodeDrag, onNodeDragStop]);
}

/** The wire under the pointer, where the node that is dropped has none of its own and stands in the body of that wire. */
function wireUnder(
  event: MouseEvent | TouchEvent | React.MouseEvent,
  { edges, drawn }: Flow,
  node: Key,
): Key | null {
  const view = drawn.get(node)?.view;
  const isLoose = view?.inputs.every(({ ref }) => ref === null) ?? false;
  if (!isLoose || edges.some(({ source }) => source === node)) return null;
  const touch = "changedTouches" in event ? event.changedTouches[0] : event;
  const under = document.elementsFromPoint(touch?.clientX ?? 0, touch?.clientY ?? 0);
  const id = under
    .map((element) => element.closest(".react-flow__edge")?.getAttribute("data-id"))
    .find((found) => found != null);
  const edge = edges.find((each) => each.id === id);
  return edge !== undefined && scopeKeyOf(edge.target) === scopeKeyOf(node) ? edge.id : null;
}
