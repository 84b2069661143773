import { boxOf } from "../commands/boxes.ts";
import type { Studio } from "../app/studio.ts";
import { scopeKeyOf, type Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import { nodeMetrics } from "../document/view/node-metrics.ts";

/** Between what is added and what it is wired to. */
const gap = 72;
/** Most nodes are no wider. */
const [, width] = nodeMetrics.widths;

/** Where a wire was dragged from, and to which end of it what is added stands. */
export interface Dragged {
  /** The handle. */
  readonly from: Key;
  readonly isTarget: boolean;
}

/** A place in a body as it was asked for, but after what is read, or before what is fed, in the order of reading. */
export function placeInOrder(
  studio: Studio,
  { body, at: [x, y] }: { readonly body: Key; readonly at: Point },
  { from, isTarget }: Dragged,
): Point {
  const owner = from.replace(/\/(?:in|out)\/[^/]+$/, "");
  if (owner === from || scopeKeyOf(owner) !== body) return [x, y];
  const box = boxOf(studio, owner);
  return isTarget
    ? [Math.min(x, box.x - gap - width), y]
    : [Math.max(x, box.x + box.width + gap), y];
}
