import type { Points } from "../data/points.ts";
import type { Extent } from "../draw/axes.ts";
import { toX, toY, type Plot } from "../draw/paint-axes.ts";
import { faded } from "../parts/palette.ts";

/** The most particles whose way is drawn: more of them hide one another. */
const mostTrails = 64;

/** The ways of some particles, from frame to frame; the older a piece, the fainter. */
export function drawTrails(
  context: CanvasRenderingContext2D,
  { plot, extent }: { readonly plot: Plot; readonly extent: Extent },
  frames: readonly Points[],
  colour: string,
): void {
  context.lineWidth = 1.1;
  context.lineCap = "round";
  for (let step = 1; step < frames.length; step++) {
    const [from, to] = [frames[step - 1], frames[step]];
    if (from === undefined || to === undefined) continue;
    context.strokeStyle = faded(colour, 0.05 + 0.4 * (step / frames.length) ** 1.5);
    context.beginPath();
    for (let i = 0; i < Math.min(mostTrails, from.count, to.count); i++) {
      context.moveTo(toX(plot, extent, at(from, i, 0)), toY(plot, extent, at(from, i, 1)));
      context.lineTo(toX(plot, extent, at(to, i, 0)), toY(plot, extent, at(to, i, 1)));
    }
    context.stroke();
  }
}

const at = ({ values, dims }: Points, point: number, axis: number): number =>
  values[point * dims + axis] ?? 0;
