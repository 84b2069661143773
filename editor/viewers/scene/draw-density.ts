import { contourOf, type Segments } from "../draw/contours.ts";
import { gridOfFunction, levelsOfMass, type DensityGrid } from "../draw/density.ts";
import { toX, toY } from "../draw/paint-axes.ts";
import { strokeSegments } from "../draw/stroke-segments.ts";
import type { Extent } from "../draw/axes.ts";
import { bytesOf, faded } from "../parts/palette.ts";
import type { Place } from "./layers.ts";
import type { Density } from "./scene.ts";

/** A density, ready to be drawn: a soft picture of it and the lines around its densest parts. */
export interface DensityDrawing {
  readonly grid: DensityGrid;
  /** In one colour, more of it where the density is higher. */
  readonly picture: HTMLCanvasElement;
  readonly lines: readonly Segments[];
  readonly colour: string;
}

const cells = 160;
/** How much of the density lies inside each line. */
const parts = [0.95, 0.8, 0.6, 0.4, 0.2] as const;

export const densityGrid = (density: Density, extent: Extent): DensityGrid =>
  gridOfFunction(density, extent, cells, cells);

/** The grid of a product, of which one factor is on a grid already. */
export function timesDensity(grid: DensityGrid, factor: Density): DensityGrid {
  const { extent, columns, rows } = grid;
  const values = gridOfFunction(factor, extent, columns, rows).values.map(
    (value, i) => value * (grid.values[i] ?? 0),
  );
  return { ...grid, values };
}

export function prepareDensity(grid: DensityGrid, colour: string): DensityDrawing {
  const levels = levelsOfMass(grid.values, parts);
  return {
    grid,
    picture: glow(grid, colour),
    lines: levels.map((level) => contourOf(grid, level)),
    colour,
  };
}

/** Opacity grows with the root of the density, so that thin parts show too. */
function glow({ columns, rows, values }: DensityGrid, colour: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const image = new ImageData(columns, rows);
  const largest = values.reduce((most, value) => Math.max(most, value), 1e-30);
  const [r, g, b] = bytesOf(colour);
  const { data } = image;
  for (let i = 0; i < values.length; i++) {
    data[4 * i] = r;
    data[4 * i + 1] = g;
    data[4 * i + 2] = b;
    data[4 * i + 3] = 105 * Math.sqrt((values[i] ?? 0) / largest);
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

export function drawDensity(
  context: CanvasRenderingContext2D,
  { plot, extent }: Place,
  { grid, picture, lines, colour }: DensityDrawing,
): void {
  const [left, top] = [toX(plot, extent, grid.extent.x[0]), toY(plot, extent, grid.extent.y[1])];
  const [right, bottom] = [
    toX(plot, extent, grid.extent.x[1]),
    toY(plot, extent, grid.extent.y[0]),
  ];
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left, top, right - left, bottom - top);
  lines.forEach((segments, i) => {
    context.strokeStyle = faded(colour, 0.22 + 0.12 * i);
    context.lineWidth = 1;
    strokeSegments(context, plot, extent, segments);
  });
}
