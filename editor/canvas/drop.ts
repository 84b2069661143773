import type { Studio } from "../app/studio.ts";
import { insertOnWire } from "../document/edits/insert-on-wire.ts";
import { moveInto } from "../document/edits/move-into.ts";
import { move } from "../document/edits/move.ts";
import { idOf, keyOf, scopeKeyOf, type Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import type { Flow } from "./flow-model.ts";
import type { ItemNode } from "./items.ts";
import type { Landing } from "./geometry.ts";
import type { ScreenPoint } from "./screen-point.ts";

/** Upper left corners of everything drawn, in the canvas' coordinates; parents stand before children. */
export function cornersOf(nodes: readonly ItemNode[]): ReadonlyMap<Key, Point> {
  const corners = new Map<Key, Point>();
  for (const { id, position, parentId } of nodes) {
    const [x, y] = (parentId === undefined ? undefined : corners.get(parentId)) ?? [0, 0];
    corners.set(id, [position.x + x, position.y + y]);
  }
  return corners;
}

/** The innermost open zone under a point, those that are dragged left out. */
export function landingAt(
  point: Point,
  flow: Pick<Flow, "drawn" | "home">,
  corners: ReadonlyMap<Key, Point>,
  dragged: ReadonlySet<Key>,
): Landing {
  const { drawn, home } = flow;
  const isDragged = (key: Key) => [...dragged].some((id) => key === id || key.startsWith(`${id}/`));
  const under = [...drawn.values()]
    .filter(({ key, lanes }) => lanes.length > 0 && !isDragged(key))
    .flatMap(({ key, size: [width, height], lanes }) => {
      const corner = corners.get(key);
      if (corner === undefined) return [];
      const at: Point = [point[0] - corner[0], point[1] - corner[1]];
      const inside = at[0] >= 0 && at[1] >= 0 && at[0] <= width && at[1] <= height;
      if (!inside) return [];
      const lane =
        lanes.find((one) => at[1] >= one.top && at[1] <= one.top + one.height) ?? lanes[0];
      return lane === undefined ? [] : [{ zone: key, lane }];
    });
  const [innermost] = under.toSorted((a, b) => b.zone.length - a.zone.length);
  return innermost ?? home;
}

/** Where the origin of the body that holds a thing lies, in the canvas' coordinates. */
export function originOf({ zone, lane }: Landing, corners: ReadonlyMap<Key, Point>): Point {
  const corner = zone === null ? undefined : corners.get(zone);
  if (corner === undefined || lane === null) return [0, 0];
  return [corner[0] + lane.origin[0], corner[1] + lane.origin[1]];
}

interface Drop {
  readonly flow: Flow;
  /** As they lie now. */
  readonly nodes: readonly ItemNode[];
  readonly dragged: readonly Key[];
  readonly screen: ScreenPoint;
  readonly landing: Landing;
}

/** One edit for all that was dropped: moved, put onto the wire under the pointer, or taken into another body. */
export function dropNodes({ editor, registry }: Studio, drop: Drop): void {
  const { flow, dragged, landing } = drop;
  const body = landing.lane === null ? editor.getState().scope : keyOf(landing.lane.scope.path);
  const places = placesOf(drop);
  const [only = ""] = dragged;
  const wire = dragged.length === 1 ? wireUnder(drop.screen, flow, only) : null;
  const leaving = dragged.filter((id) => flow.drawn.has(id) && scopeKeyOf(id) !== body);
  if (wire !== null)
    editor.actions.edit(
      { label: { key: "edits.insert", values: { type: idOf(only) } } },
      (draft) => {
        move(draft, places);
        insertOnWire(draft, registry, only, wire);
      },
    );
  else if (leaving.length === 0)
    editor.actions.edit({ label: { key: "edits.move", values: { count: places.size } } }, (draft) =>
      move(draft, places),
    );
  else
    editor.actions.edit(
      { label: { key: "edits.moveInto", values: { count: leaving.length } } },
      (draft) => void moveInto(draft, leaving, body, places),
    );
}

/** Where each came to lie, from the origin of the body that it fell into. */
function placesOf({ flow, nodes, dragged, landing }: Drop): ReadonlyMap<Key, Point> {
  const corners = cornersOf(nodes);
  const [left, top] = originOf(landing, corners);
  return new Map(
    dragged.map((id) => {
      const [x, y] = corners.get(id) ?? [0, 0];
      const [growX, growY] = flow.drawn.get(id)?.growth ?? [0, 0];
      return [id, [Math.round(x - growX - left), Math.round(y - growY - top)]];
    }),
  );
}

/** The wire under the pointer, where the node that is dropped has none of its own and stands in the body of that wire. */
function wireUnder({ x, y }: ScreenPoint, { edges, drawn }: Flow, node: Key): Key | null {
  const view = drawn.get(node)?.view;
  const isLoose = view?.inputs.every(({ ref }) => ref === null) ?? false;
  if (!isLoose || edges.some(({ source }) => source === node)) return null;
  const ids = document
    .elementsFromPoint(x, y)
    .map((element) => element.closest(".react-flow__edge")?.getAttribute("data-id"));
  const edge = edges.find(({ id }) => ids.includes(id));
  return edge !== undefined && scopeKeyOf(edge.target) === scopeKeyOf(node) ? edge.id : null;
}
