import type { Studio } from "../app/studio.ts";
import type { Key } from "../document/keys.ts";
import { uiNameOf } from "../document/keys.ts";
import { nodeAt } from "../document/places.ts";
import { roomOf } from "../document/room.ts";
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
  const analysis = studio.analysis.getState();
  const { registry } = studio;
  const place = nodeAt(analysis.document, key);
  const placeOf = (at: Key): Point => whereabouts(studio, at) ?? [0, 0];
  const room =
    place === null ? null : roomOf({ analysis, registry, placeOf }, place.scope, place.id);
  if (room !== null) return room;
  const view = viewAt(analysis, registry, key);
  return { x, y, width: view?.width ?? 0, height: view?.height ?? 0 };
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
