import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useView } from "../app/use-studio.ts";
import { drawBlocks } from "./draw-blocks.ts";
import type { LiveFlow } from "./use-flow.ts";

/** Above so many nodes a graph seen from far away is drawn on one canvas, without elements of its own. */
export const manyNodes = 200;
/** Below this zoom nodes are blocks of colour. */
export const farZoom = 0.25;

/** The whole graph as blocks and lines. */
export function Overview({ flow, extents }: Pick<LiveFlow, "flow" | "extents">) {
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
    drawBlocks(context, flow, extents);
  }, [flow, extents, transform, width, height, theme]);
  return <canvas ref={canvas} className="canvas-overview" aria-hidden />;
}
