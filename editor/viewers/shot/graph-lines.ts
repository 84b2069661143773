import type { NodeHandle } from "@xyflow/react";
import type { Flow } from "../../canvas/flow-model.ts";
import type { ItemNode } from "../../canvas/items.ts";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A node where it lies in the whole. */
export interface Placed extends Rect {
  readonly node: ItemNode;
}

/** A wire from port to port. */
export interface Line {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly colour: string;
}

/** All nodes of a flow, measured from its origin; parents come before what lies in them. */
export function placedNodes({ nodes }: Flow): readonly Placed[] {
  const found = new Map<string, Placed>();
  for (const node of nodes) {
    const parent = node.parentId === undefined ? undefined : found.get(node.parentId);
    found.set(node.id, {
      node,
      x: node.position.x + (parent?.x ?? 0),
      y: node.position.y + (parent?.y ?? 0),
      width: node.width ?? 0,
      height: node.height ?? 0,
    });
  }
  return [...found.values()];
}

export function linesOf({ edges }: Flow, nodes: readonly Placed[]): readonly Line[] {
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  return edges.flatMap(({ source, sourceHandle, target, targetHandle, data }): readonly Line[] => {
    const from = portOf(places.get(source), sourceHandle);
    const to = portOf(places.get(target), targetHandle);
    return from === null || to === null || data === undefined
      ? []
      : [{ from, to, colour: data.colour }];
  });
}

function portOf(
  placed: Placed | undefined,
  handle: string | null | undefined,
): readonly [number, number] | null {
  const port = placed?.node.handles?.find((each: NodeHandle) => each.id === handle);
  if (placed === undefined || port === undefined) return null;
  return [placed.x + port.x + (port.width ?? 0) / 2, placed.y + port.y + (port.height ?? 0) / 2];
}

/** The smallest rectangle around all; null around none. */
export function boundsOf(rects: readonly Rect[]): Rect | null {
  if (rects.length === 0) return null;
  const [x, y] = [Math.min(...rects.map((r) => r.x)), Math.min(...rects.map((r) => r.y))];
  const right = Math.max(...rects.map((r) => r.x + r.width));
  const bottom = Math.max(...rects.map((r) => r.y + r.height));
  return { x, y, width: right - x, height: bottom - y };
}
