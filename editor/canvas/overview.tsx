import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useView } from "../app/use-studio.ts";
import type { Flow } from "./flow-model.ts";
import { familyColour } from "./family-colour.ts";

/** Above so many nodes a graph seen from far away is drawn on one canvas, without elements of its own. */
export const manyNodes = 200;
/** Below this zoom nodes are blocks of colour. */
export const farZoom = 0.25;

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The whole graph as blocks and lines. */
export function Overview({ flow }: { readonly flow: Flow }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const transform = useStore((state) => state.transform);
  const [width, height] = [useStore((state) => state.width), useStore((state) => state.height)];
  const theme = useView((view) => view.theme);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (canvas.current === null || context === null || context === undefined) return;
    const ratio = globalThis.devicePixelRatio;
    canvas.current.width = width * ratio;
    canvas.current.height = height * ratio;
    const [x, y, zoom] = transform;
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
    draw(context, flow, getComputedStyle(canvas.current));
  }, [flow, transform, width, height, theme]);
  return <canvas ref={canvas} className="canvas-overview" aria-hidden />;
}

function draw(context: CanvasRenderingContext2D, flow: Flow, style: CSSStyleDeclaration): void {
  const colour = (text: string) => style.getPropertyValue(text.slice(4, -1));
  const places = rectsOf(flow);
  context.strokeStyle = colour("var(--line-strong)");
  context.lineWidth = 4;
  context.beginPath();
  for (const { source, target } of flow.edges) {
    const [a, b] = [places.get(source), places.get(target)];
    if (a === undefined || b === undefined) continue;
    context.moveTo(a.x + a.width, a.y + a.height / 2);
    context.lineTo(b.x, b.y + b.height / 2);
  }
  context.stroke();
  for (const node of flow.nodes) {
    const place = places.get(node.id);
    if (place === undefined) continue;
    const isZone = node.type === "zone";
    const family = "view" in node.data ? node.data.view.family : "math";
    context.globalAlpha = isZone ? 0.15 : 0.85;
    context.fillStyle = colour(familyColour(family));
    context.fillRect(place.x, place.y, place.width, place.height);
  }
  context.globalAlpha = 1;
}

/** Absolute places; parents come before their children. */
function rectsOf({ nodes }: Flow): ReadonlyMap<string, Rect> {
  const rects = new Map<string, Rect>();
  for (const { id, position, parentId, width = 0, height = 0 } of nodes) {
    const parent = parentId === undefined ? undefined : rects.get(parentId);
    rects.set(id, {
      x: position.x + (parent?.x ?? 0),
      y: position.y + (parent?.y ?? 0),
      width,
      height,
    });
  }
  return rects;
}
