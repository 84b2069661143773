import type { ColourMap } from "../colour/colour-map.ts";
import { infinityColour, nanColour } from "../colour/colour-map.ts";
import type { Picture, Tile } from "./picture.ts";

/** How values become colours: what lies at the ends of `range` and beyond is drawn as the ends of the map. */
export interface Tone {
  readonly range: readonly [low: number, high: number];
  /** Of grey images; those in colour are shown as they are. */
  readonly map: ColourMap;
}

/** Draws the rows `from` to `to` of a picture into RGBA bytes; gaps stay as they are. */
export function paintPicture(
  picture: Picture,
  values: Float32Array,
  tone: Tone,
  { pixels, from = 0, to = picture.height }: Target,
): void {
  for (const tile of picture.tiles) {
    const first = Math.max(0, from - tile.y);
    const last = Math.min(picture.layout.height, to - tile.y);
    const paint = picture.colour ? paintColourRow : paintMappedRow;
    for (let y = first; y < last; y++) paint(pixels, rowOf(picture, tile, y), values, tone);
  }
}

export interface Target {
  readonly pixels: Uint8ClampedArray;
  readonly from?: number;
  readonly to?: number;
}

/** A row of a tile: where it starts among the values and among the bytes. */
interface Row {
  readonly start: number;
  readonly at: number;
  readonly width: number;
  readonly plane: number;
}

function rowOf({ layout, width }: Picture, tile: Tile, y: number): Row {
  const plane = layout.height * layout.width;
  return {
    start: (tile.sample * layout.channels + tile.channel) * plane + y * layout.width,
    at: 4 * ((tile.y + y) * width + tile.x),
    width: layout.width,
    plane,
  };
}

type PaintRow = (pixels: Uint8ClampedArray, row: Row, values: Float32Array, tone: Tone) => void;

const paintColourRow: PaintRow = (pixels, { start, at, width, plane }, values, { range }) => {
  const [low, high] = range;
  const scale = 255 / (high - low);
  for (let x = 0; x < width; x++) {
    const r = values[start + x] ?? 0;
    const g = values[start + x + plane] ?? 0;
    const b = values[start + x + 2 * plane] ?? 0;
    const to = at + 4 * x;
    const sum = r + g + b;
    if (sum - sum === 0) {
      pixels[to] = (r - low) * scale;
      pixels[to + 1] = (g - low) * scale;
      pixels[to + 2] = (b - low) * scale;
    } else {
      const isNaNThere = r !== r || g !== g || b !== b;
      setColour(pixels, to, isNaNThere ? nanColour : infinityColour);
    }
    pixels[to + 3] = 255;
  }
};

const paintMappedRow: PaintRow = (pixels, { start, at, width }, values, { range, map }) => {
  const [low, high] = range;
  const scale = 255 / (high - low);
  for (let x = 0; x < width; x++) {
    const value = values[start + x] ?? 0;
    const to = at + 4 * x;
    if (value - value === 0) {
      const t = (value - low) * scale;
      const entry = 3 * (t <= 0 ? 0 : t >= 255 ? 255 : Math.round(t));
      pixels[to] = map[entry] ?? 0;
      pixels[to + 1] = map[entry + 1] ?? 0;
      pixels[to + 2] = map[entry + 2] ?? 0;
    } else setColour(pixels, to, value !== value ? nanColour : infinityColour);
    pixels[to + 3] = 255;
  }
};

function setColour(
  pixels: Uint8ClampedArray,
  at: number,
  [r, g, b]: readonly [number, number, number],
): void {
  pixels[at] = r;
  pixels[at + 1] = g;
  pixels[at + 2] = b;
}
