import type { Studio } from "../app/studio.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, uiNameOf } from "../document/keys.ts";
import { nodeView, zoneBox } from "../document/node-view.ts";
import { nodeAt } from "../document/places.ts";
import { type Point, positionOf, uiOf } from "../document/ui.ts";
import type { Box } from "../document/view/zone-box.ts";
import { viewAt } from "./view-at.ts";

/** Where a thing stands in its body: as the file says, else as layout found; null where neither does. */
export function whereabouts({ editor }: Studio, key: Key): Point | null {
  const { history, found } = editor.getState();
  const [, part, id = ""] = key.split("/");
  const ui = uiOf(history.present);
  if (key.startsWith("ui/")) return (part === "notes" ? ui.notes : ui.frames)[id]?.at ?? null;
  return positionOf(history.present, key) ?? found[uiNameOf(key)] ?? null;
}

/** The room that a node, slot or output takes in its body. */
export function boxOf(studio: Studio, key: Key): Box {
  const [x, y] = whereabouts(studio, key) ?? [0, 0];
  const { present } = studio.editor.getState().history;
  const place = nodeAt(present, key);
  const bodies = place === null ? [] : innerScopes(place.scope, place.id, place.node);
  if (bodies.length > 0 && !uiOf(present).collapsed.includes(uiNameOf(key)))
    return openZone(studio, key, bodies);
  const view = viewAt(studio.analysis.getState(), studio.registry, key);
  return { x, y, width: view?.width ?? 0, height: view?.height ?? 0 };
}

function openZone(studio: Studio, key: Key, bodies: readonly Scope[]): Box {
  const [x, y] = whereabouts(studio, key) ?? [0, 0];
  const place = nodeAt(studio.editor.getState().history.present, key);
  const analysis = studio.analysis.getState();
  const view = place === null ? null : nodeView(place.scope, place.id, analysis, studio.registry);
  if (view === null) return { x, y, width: 0, height: 0 };
  const contents = bodies.map(({ path, body }) => ({
    key: keyOf(path),
    boxes: Object.keys(body).map((id) => boxOf(studio, keyOf([...path, id]))),
  }));
  const box = zoneBox(view, contents);
  return { x: x + box.x, y: y + box.y, width: box.width, height: box.height };
}

/** The upper left corner of things of one body; null without any. */
export function cornerOf(studio: Studio, keys: readonly Key[]): Point | null {
  const points = keys.flatMap((key) => {
    const at = whereabouts(studio, key);
    return at === null ? [] : [at];
  });
  if (points.length === 0) return null;
  return [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))];
}
