import { formatNumber } from "../data/format-number.ts";
import { ticksOf, type Extent } from "./axes.ts";

/** Where data are drawn, in CSS pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface AxisStyle {
  readonly font: string;
  readonly text: string;
  readonly grid: string;
  readonly zero: string;
  readonly labels: readonly [x: string, y: string];
}

/** The room that is left beside the numbers of both axes; in a small room the axes go without. */
export function plotIn({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): Plot {
  if (width < 180 || height < 110) return { left: 0, top: 0, width, height };
  return { left: 40, top: 8, width: width - 48, height: height - 40 };
}

export const toX = (plot: Plot, { x }: Extent, value: number): number =>
  plot.left + ((value - x[0]) / (x[1] - x[0])) * plot.width;

export const toY = (plot: Plot, { y }: Extent, value: number): number =>
  plot.top + ((y[1] - value) / (y[1] - y[0])) * plot.height;

/** Grid lines, those of zero stronger, with numbers and names where there is room beside the plot. */
export function paintAxes(
  context: CanvasRenderingContext2D,
  plot: Plot,
  extent: Extent,
  style: AxisStyle,
): void {
  context.save();
  context.lineWidth = 1;
  context.font = style.font;
  const lines = [
    ...ticksOf(extent.x, plot.width / 70).map((value) => ({
      value,
      x: crisp(toX(plot, extent, value)),
      y: null,
    })),
    ...ticksOf(extent.y, plot.height / 45).map((value) => ({
      value,
      x: null,
      y: crisp(toY(plot, extent, value)),
    })),
  ];
  for (const { value, x, y } of lines) {
    context.strokeStyle = value === 0 ? style.zero : style.grid;
    context.beginPath();
    context.moveTo(x ?? plot.left, y ?? plot.top);
    context.lineTo(x ?? plot.left + plot.width, y ?? plot.top + plot.height);
    context.stroke();
    if (plot.left > 0) numberAt(context, plot, { value, x, y, colour: style.text });
  }
  if (plot.left > 0) names(context, plot, style);
  context.restore();
}

const crisp = (at: number): number => Math.round(at) + 0.5;

interface Tick {
  readonly value: number;
  readonly x: number | null;
  readonly y: number | null;
  readonly colour: string;
}

function numberAt(
  context: CanvasRenderingContext2D,
  plot: Plot,
  { value, x, y, colour }: Tick,
): void {
  context.fillStyle = colour;
  context.textAlign = y === null ? "center" : "right";
  context.textBaseline = y === null ? "top" : "middle";
  const text = formatNumber(value, 3);
  context.fillText(text, x ?? plot.left - 6, y ?? plot.top + plot.height + 5);
}

function names(context: CanvasRenderingContext2D, plot: Plot, { text, labels }: AxisStyle): void {
  context.fillStyle = text;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(labels[0], plot.left + plot.width / 2, plot.top + plot.height + 28);
  context.translate(11, plot.top + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(labels[1], 0, 0);
}
