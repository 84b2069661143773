import type { Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import type { Flow, ItemNode } from "./flow-model.ts";
import type { Landing } from "./geometry.ts";

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
