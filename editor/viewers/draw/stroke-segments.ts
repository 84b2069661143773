import type { Extent } from "./axes.ts";
import type { Segments } from "./contours.ts";
import { toX, toY, type Plot } from "./paint-axes.ts";

export function strokeSegments(
  context: CanvasRenderingContext2D,
  plot: Plot,
  extent: Extent,
  lines: Segments,
): void {
  context.beginPath();
  for (let i = 0; i < lines.length; i += 4) {
    context.moveTo(toX(plot, extent, lines[i] ?? 0), toY(plot, extent, lines[i + 1] ?? 0));
    context.lineTo(toX(plot, extent, lines[i + 2] ?? 0), toY(plot, extent, lines[i + 3] ?? 0));
  }
  context.stroke();
}
