import type { Key } from "../keys.ts";
import { nodeMetrics } from "./node-metrics.ts";
import type { NodeView } from "./view.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A body of a zone: its key and where its nodes stand, from the body's own origin. */
export interface BodyContent {
  readonly key: Key;
  readonly boxes: readonly Box[];
}

/** An open zone, measured from the zone's position: it grows to all sides around its nodes. */
export interface ZoneBox extends Box {
  /** `origin` is the point that positions in the body are measured from. */
  readonly bodies: readonly (Box & {
    readonly key: Key;
    readonly origin: readonly [number, number];
  })[];
}

const { header, zone } = nodeMetrics;

/** The frame of an open zone: rails at its sides, its one body between them, or those of an `if` one over the other. */
export function zoneBox(view: NodeView, contents: readonly BodyContent[]): ZoneBox {
  const spans = contents.map(({ boxes }) => spanOf(boxes));
  const left = Math.min(0, ...spans.map((span) => span.left));
  const inner = Math.max(
    zone.minWidth - 2 * (zone.rail + zone.padding),
    ...spans.map((span) => span.right - left),
  );
  const title = contents.length > 1 ? zone.branchTitle : 0;
  const top = Math.min(0, spans[0]?.top ?? 0);
  let y = header + top;
  const bodies = contents.map(({ key }, i) => {
    const span = spans[i] ?? spanOf([]);
    const above = Math.min(0, span.top);
    const height = title + Math.max(span.bottom - above, zone.minBody) + 2 * zone.padding;
    const body = {
      key,
      x: left + zone.rail,
      y,
      width: inner + 2 * zone.padding,
      height,
      origin: [zone.rail + zone.padding, y + title + zone.padding - above] as const,
    };
    y += height;
    return body;
  });
  const height = Math.max(y - top, view.height);
  const last = bodies.at(-1);
  if (last !== undefined) last.height += height - (y - top);
  return { x: left, y: top, width: inner + 2 * (zone.rail + zone.padding), height, bodies };
}

function spanOf(boxes: readonly Box[]) {
  return {
    left: Math.min(0, ...boxes.map(({ x }) => x)),
    top: Math.min(0, ...boxes.map(({ y }) => y)),
    right: Math.max(0, ...boxes.map(({ x, width }) => x + width)),
    bottom: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
  };
}
