import type { Studio } from "../../app/studio.ts";
import { flowOf, type Flow } from "../../canvas/flow-model.ts";
import { drawGraph, type Colour } from "./draw-graph.ts";
import { boundsOf, placedNodes, type Rect } from "./graph-lines.ts";

/** Pixels of the picture's longer side, and of the result beside the graph. */
const mostPixels = 3200;
const resultPixels = 900;
const margin = 32;

/** Where the page shows what a graph makes. */
const resultSelector = ".scene canvas, .run-outputs-main canvas";

/** The whole graph, and beside it the result as the page shows it; null for a graph without nodes. */
export async function takePicture(studio: Studio): Promise<Blob | null> {
  const { history, found } = studio.editor.getState();
  const flow = flowOf({
    document: history.present,
    analysis: studio.analysis.getState(),
    registry: studio.registry,
    found,
    scope: "graph",
  });
  const bounds = boundsOf(placedNodes(flow));
  if (bounds === null) return null;
  const style = getComputedStyle(document.documentElement);
  const colour: Colour = (name) =>
    style.getPropertyValue(name.startsWith("var(") ? name.slice(4, -1) : name).trim();
  return pictureOf(flow, bounds, colour).convertToBlob({ type: "image/png" });
}

function pictureOf(flow: Flow, bounds: Rect, colour: Colour): OffscreenCanvas {
  const result = shownResult();
  const room = result === null ? { width: 0, height: 0 } : fitted(result);
  const beside = room.width === 0 ? 0 : room.width + margin;
  const scale = Math.min(
    2,
    (mostPixels - beside - 2 * margin) / Math.max(bounds.width, bounds.height),
  );
  const [width, height] = [bounds.width * scale, bounds.height * scale];
  const canvas = new OffscreenCanvas(
    Math.ceil(width + beside + 2 * margin),
    Math.ceil(Math.max(height, room.height) + 2 * margin),
  );
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("takePicture: the browser draws no 2-D pictures");
  context.fillStyle = colour("--canvas");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.translate(margin, (canvas.height - height) / 2);
  context.scale(scale, scale);
  context.translate(-bounds.x, -bounds.y);
  drawGraph(context, flow, colour);
  context.restore();
  if (result !== null) {
    const [left, top] = [canvas.width - margin - room.width, (canvas.height - room.height) / 2];
    context.fillStyle = colour("--panel");
    context.fillRect(left, top, room.width, room.height);
    context.imageSmoothingEnabled = result.width > room.width;
    context.drawImage(result, left, top, room.width, room.height);
  }
  return canvas;
}

/** The largest canvas of the result that is on the screen; null where there is none. */
function shownResult(): HTMLCanvasElement | null {
  const canvases = [...document.querySelectorAll(resultSelector)].filter(
    (each) => each instanceof HTMLCanvasElement && each.clientWidth > 0 && each.width > 0,
  ) as HTMLCanvasElement[];
  return canvases.toSorted((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

function fitted({ width, height }: { readonly width: number; readonly height: number }) {
  const scale = resultPixels / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
