import type { ImageLayout } from "../data/layout.ts";

/** One image of a tensor at a place of a picture: where its planes begin among the values. */
export interface Tile {
  readonly sample: number;
  /** The first channel shown; three with it where the picture is in colour. */
  readonly channel: number;
  readonly x: number;
  readonly y: number;
}

/** How a tensor's images lie beside one another, in pixels of the tensor. */
export interface Picture {
  readonly layout: ImageLayout;
  readonly colour: boolean;
  readonly tiles: readonly Tile[];
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels left free between tiles. */
const gap = 1;

/**
 * All samples, or the one chosen; three channels are one colour image, any other count (and all that are no
 * `colour`) is one grey image a channel.
 * `aspect` is that of the room, width over height, which decides how many stand in a row.
 */
export function pictureOf(
  layout: ImageLayout,
  sample: number | null,
  aspect = 1.5,
  colour = layout.channels === 3,
): Picture {
  const { batch, channels, height, width } = layout;
  const samples =
    sample === null ? Array.from({ length: batch }, (_, i) => i) : [Math.min(sample, batch - 1)];
  const parts = colour ? [0] : Array.from({ length: channels }, (_, c) => c);
  const places = samples.flatMap((index) => parts.map((channel) => ({ sample: index, channel })));
  const columns = columnsFor(places.length, (aspect * height) / width);
  const tiles = places.map((place, i) => ({
    ...place,
    x: (i % columns) * (width + gap),
    y: Math.floor(i / columns) * (height + gap),
  }));
  const rows = Math.ceil(places.length / columns);
  return {
    layout,
    colour,
    tiles,
    columns,
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
  };
}

/** The number of columns that lets tiles be largest; of several the fewest. `aspect` is in units of a tile. */
function columnsFor(count: number, aspect: number): number {
  const sizeAt = (columns: number): number =>
    Math.min(aspect / columns, 1 / Math.ceil(count / columns));
  let best = 1;
  for (let columns = 2; columns <= count; columns++)
    if (sizeAt(columns) > sizeAt(best) * (1 + 1e-9)) best = columns;
  return best;
}

/** A pixel of a tensor. */
export interface PixelPlace {
  readonly sample: number;
  readonly channel: number;
  readonly x: number;
  readonly y: number;
}

/** The pixel under a point of the picture; null in the gaps and outside. */
export function pixelAt(
  { layout, tiles, columns }: Picture,
  x: number,
  y: number,
): PixelPlace | null {
  const [w, h] = [layout.width + gap, layout.height + gap];
  const [column, row] = [Math.floor(x / w), Math.floor(y / h)];
  const tile = column < 0 || column >= columns ? undefined : tiles[row * columns + column];
  if (tile === undefined) return null;
  const [px, py] = [Math.floor(x) - tile.x, Math.floor(y) - tile.y];
  if (px < 0 || py < 0 || px >= layout.width || py >= layout.height) return null;
  return { sample: tile.sample, channel: tile.channel, x: px, y: py };
}

/** The values of a pixel: one, or red, green and blue. */
export function valuesAt(
  picture: Picture,
  values: Float32Array,
  place: PixelPlace,
): readonly number[] {
  const { channels, height, width } = picture.layout;
  const plane = height * width;
  const start = (place.sample * channels + place.channel) * plane + place.y * width + place.x;
  return Array.from({ length: picture.colour ? 3 : 1 }, (_, c) => values[start + c * plane] ?? NaN);
}
