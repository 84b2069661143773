import type { Extent } from "../draw/axes.ts";
import { toX, toY, type Plot } from "../draw/paint-axes.ts";
import { faded } from "../parts/palette.ts";
import type { MeasurementLine } from "./scene.ts";

/** The points that explain the measurement, with a band of two standard deviations to either side. */
export function drawMeasurement(
  context: CanvasRenderingContext2D,
  { plot, extent }: { readonly plot: Plot; readonly extent: Extent },
  { a, y, noiseStd }: MeasurementLine,
  colour: string,
): void {
  const squares = a[0] ** 2 + a[1] ** 2;
  if (squares === 0) return;
  const reach = Math.hypot(extent.x[1] - extent.x[0], extent.y[1] - extent.y[0]) * 2;
  const middle = [(extent.x[0] + extent.x[1]) / 2, (extent.y[0] + extent.y[1]) / 2] as const;
  const off = (y - a[0] * middle[0] - a[1] * middle[1]) / squares;
  const size = Math.sqrt(squares);
  const point = (along: number, aside: number): readonly [number, number] => [
    toX(plot, extent, middle[0] + a[0] * off + (-a[1] * along + a[0] * aside) / size),
    toY(plot, extent, middle[1] + a[1] * off + (a[0] * along + a[1] * aside) / size),
  ];
  const half = (2 * noiseStd) / size;
  const corners = [
    point(-reach, -half),
    point(reach, -half),
    point(reach, half),
    point(-reach, half),
  ];
  context.beginPath();
  for (const [px, py] of corners) context.lineTo(px, py);
  context.closePath();
  context.fillStyle = faded(colour, 0.14);
  context.fill();
  context.beginPath();
  context.moveTo(...point(-reach, 0));
  context.lineTo(...point(reach, 0));
  context.strokeStyle = colour;
  context.lineWidth = 1.75;
  context.stroke();
}
