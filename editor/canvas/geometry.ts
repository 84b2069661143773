import type { Document, Node } from "../../runtime/graph/document.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, nodeKeyOf, uiNameOf } from "../document/keys.ts";
import type { NodeView } from "../document/node-view.ts";
import { zoneBox } from "../document/node-view.ts";
import { hangingOf } from "../document/room.ts";
import type { Point } from "../document/ui.ts";
import { uiOf } from "../document/ui.ts";

/** A body as it lies inside its zone's frame; everything is measured from the frame's upper left corner. */
export interface Lane {
  readonly scope: Scope;
  /** The point from which positions in the body are measured. */
  readonly origin: Point;
  readonly top: number;
  readonly height: number;
}

/** A node as it is drawn. */
export interface Drawn {
  readonly key: Key;
  readonly scope: Scope;
  readonly view: NodeView;
  /** Its upper left corner, from the origin of the body that holds it. */
  readonly corner: Point;
  /** From its position to that corner: an open zone grows to the left and upwards too. */
  readonly growth: Point;
  readonly size: Point;
  /** Of an open zone: one lane of a loop, two of an if. */
  readonly lanes: readonly Lane[];
}

/** Where what is dropped comes to lie. */
export interface Landing {
  /** The open zone, and the body of it; null: the body that the canvas shows. */
  readonly zone: Key | null;
  readonly lane: Lane | null;
}

export interface Surroundings {
  readonly document: Document;
  readonly found: Readonly<Record<string, Point>>;
  readonly view: (scope: Scope, id: string) => NodeView | null;
}

/** Where a thing stands in its body: as the document says, else as layout found it. */
export function placedAt(
  { document, found }: Pick<Surroundings, "document" | "found">,
  key: Key,
): Point {
  const name = uiNameOf(key);
  return uiOf(document).nodes[name] ?? found[name] ?? [0, 0];
}

export const isCollapsed = (document: Document, key: Key): boolean =>
  uiOf(document).collapsed.includes(uiNameOf(key));

/** The nodes of a body as they are drawn; `all` is given them, and before them those of inner bodies. */
export function drawnIn(
  around: Surroundings,
  scope: Scope,
  all: Map<Key, Drawn>,
): readonly Drawn[] {
  const here: Drawn[] = [];
  for (const [id, node] of Object.entries(scope.body)) {
    const drawn = drawnOf(around, { scope, id, node }, all);
    if (drawn === null) continue;
    all.set(drawn.key, drawn);
    here.push(drawn);
  }
  return here;
}

/** A zone by itself, open however the document draws it; null where there is no such node. */
export function drawnAlone(
  around: Surroundings,
  scope: Scope,
  id: string,
  all: Map<Key, Drawn>,
): Drawn | null {
  const node = scope.body[id];
  const drawn = node === undefined ? null : drawnOf(around, { scope, id, node, alone: true }, all);
  if (drawn !== null) all.set(drawn.key, drawn);
  return drawn;
}

interface Place {
  readonly scope: Scope;
  readonly id: string;
  readonly node: Node;
  readonly alone?: boolean;
}

function drawnOf(
  around: Surroundings,
  { scope, id, node, alone = false }: Place,
  all: Map<Key, Drawn>,
): Drawn | null {
  const key = nodeKeyOf(scope, id);
  const view = around.view(scope, id);
  if (view === null) return null;
  const [x, y] = placedAt(around, key);
  const inner = innerScopes(scope, id, node);
  if (inner.length === 0 || (!alone && isCollapsed(around.document, key)))
    return {
      key,
      scope,
      view,
      corner: [x, y],
      growth: [0, 0],
      size: [view.width, view.height],
      lanes: [],
    };
  const contents = inner.map((body) => ({
    key: keyOf(body.path),
    boxes: drawnIn(around, body, all).map(({ key: inside, corner, size, lanes }) => ({
      x: corner[0],
      y: corner[1],
      width: size[0],
      height: size[1] + (lanes.length > 0 ? 0 : hangingOf(around.document, inside)),
    })),
  }));
  const box = zoneBox(view, contents);
  const lanes = box.bodies.flatMap(({ origin, y: top, height }, i): readonly Lane[] => {
    const body = inner[i];
    if (body === undefined) return [];
    return [
      { scope: body, origin: [origin[0] - box.x, origin[1] - box.y], top: top - box.y, height },
    ];
  });
  return {
    key,
    scope,
    view,
    corner: [x + box.x, y + box.y],
    growth: [box.x, box.y],
    size: [box.width, box.height],
    lanes,
  };
}
