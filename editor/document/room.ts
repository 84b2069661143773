import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Scope } from "../../runtime/graph/scope.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import type { Key } from "./keys.ts";
import { keyOf, uiNameOf } from "./keys.ts";
import { nodeView, outputView, slotView } from "./node-view.ts";
import type { Point } from "./ui.ts";
import { uiOf } from "./ui.ts";
import { nodeMetrics } from "./view/node-metrics.ts";
import { type Box, zoneBox } from "./view/zone-box.ts";

/** What the room of things is found from. */
export interface Ground {
  readonly analysis: Analysis;
  readonly registry: Registry;
  /** Where a thing stands in its body; null where it has no place yet. */
  readonly placeOf: (key: Key) => Point | null;
}

const none: readonly string[] = [];

/** Wires whose picture hangs under a card: what is watched there; outputs, and what is measured, without being asked for. */
export function previewsOf(document: Document, key: Key): readonly string[] {
  const name = uiNameOf(key);
  if (key.startsWith("outputs/")) return [name];
  if (key.startsWith("inputs/")) {
    const [, id = ""] = key.split("/");
    return document.inputs[id]?.kind === "measurement" ? [`=${id}`] : none;
  }
  const { probes } = uiOf(document);
  return probes.length === 0 ? none : probes.filter((wire) => wire.startsWith(`${name}.`));
}

/** The height of what hangs under a card. */
export function hangingOf(document: Document, key: Key): number {
  const { gap, size } = nodeMetrics.preview;
  return previewsOf(document, key).length > 0 ? gap + size : 0;
}

/**
 * The room that a node takes in its body, with what hangs under it; an open zone is as large as what lies in it asks for. Null
 * without a place.
 */
export function roomOf(ground: Ground, scope: Scope, id: string): Box | null {
  const { analysis, registry } = ground;
  const node = scope.body[id];
  const view = nodeView(scope, id, analysis, registry);
  if (node === undefined || view === null) return null;
  const place = ground.placeOf(view.key);
  if (place === null) return null;
  const [x, y] = place;
  const bodies = innerScopes(scope, id, node);
  if (bodies.length === 0 || uiOf(analysis.document).collapsed.includes(uiNameOf(view.key))) {
    const height = view.height + hangingOf(analysis.document, view.key);
    return { x, y, width: view.width, height };
  }
  const contents = bodies.map((body) => ({
    key: keyOf(body.path),
    boxes: Object.keys(body.body).flatMap((inner) => roomOf(ground, body, inner) ?? []),
  }));
  const box = zoneBox(view, contents);
  return { x: x + box.x, y: y + box.y, width: box.width, height: box.height };
}

/** The room of everything in a body; of a graph or a block its slots and outputs too. */
export function roomsIn(ground: Ground, scope: Scope): ReadonlyMap<Key, Box> {
  const { analysis, registry, placeOf } = ground;
  const rooms = new Map<Key, Box>();
  for (const id of Object.keys(scope.body)) {
    const room = roomOf(ground, scope, id);
    if (room !== null) rooms.set(keyOf([...scope.path, id]), room);
  }
  if (scope.kind !== "root") return rooms;
  const { document } = analysis;
  const outputs = scope.block === null ? document.outputs : document.blocks[scope.block]?.outputs;
  const views = [
    ...Object.keys(scope.inputs).map((name) => slotView(scope, name, registry)),
    ...Object.keys(outputs ?? {}).map((name) => outputView(scope, name, analysis, registry)),
  ];
  for (const view of views) {
    const place = view === null ? null : placeOf(view.key);
    if (view === null || place === null) continue;
    const height = view.height + hangingOf(document, view.key);
    rooms.set(view.key, { x: place[0], y: place[1], width: view.width, height });
  }
  return rooms;
}
