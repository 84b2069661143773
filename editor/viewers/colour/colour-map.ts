import { rgbOf, type Oklch, type Rgb } from "./oklab.ts";

export type ColourMapName = "grey" | "sequential" | "diverging" | "cyclic";

/** 256 colours, three bytes each. */
export type ColourMap = Uint8Array;

/** What no map holds, so that it is seen: NaN, and a value beyond every number. */
export const nanColour: Rgb = [255, 0, 255];
export const infinityColour: Rgb = [0, 255, 120];

/**
 * The colour at `t` of 0 to 1. Lightness rises all the way, so that greyscale print keeps the order and, of
 * `diverging`, the sign; hues run from blue to yellow or orange, which all kinds of colour blindness tell apart.
 */
const formulas: Readonly<Record<ColourMapName, (t: number) => Oklch>> = {
  grey: (t) => ({ l: greyLightness(t), c: 0, h: 0 }),
  sequential: (t) => ({
    l: 0.17 + 0.78 * t,
    c: 0.06 + 0.1 * Math.sin(Math.PI * t),
    h: 295 - 195 * t,
  }),
  /** Zero, at one half, is a neutral grey; chroma grows with the size. */
  diverging: (t) => ({
    l: 0.3 + 0.62 * t,
    c: 0.19 * Math.abs(2 * t - 1) ** 0.8,
    h: t < 0.5 ? 258 : 62,
  }),
  /** Light at phase 0 and dark at π; orange at π/2, blue at −π/2. `t` runs from −π to π. */
  cyclic: (t) => {
    const phase = 2 * Math.PI * (t - 0.5);
    const side = Math.sin(phase);
    return { l: 0.62 + 0.3 * Math.cos(phase), c: 0.15 * Math.abs(side), h: side < 0 ? 258 : 62 };
  },
};

/** The lightness that gives sRGB the byte `255 t`: values of a picture are sRGB already. */
const greyLightness = (t: number): number =>
  Math.cbrt(t <= 0.04045 ? t / 12.92 : ((t + 0.055) / 1.055) ** 2.4);

const known = new Map<ColourMapName, ColourMap>();

export function colourMap(name: ColourMapName): ColourMap {
  const before = known.get(name);
  if (before !== undefined) return before;
  const formula = formulas[name];
  const map = Uint8Array.from(
    Array.from({ length: 256 }, (_, i) => rgbOf(formula(i / 255))).flat(),
  );
  known.set(name, map);
  return map;
}

/** The colour of a map at `t` of 0 to 1, as CSS writes it. */
export function cssColour(name: ColourMapName, t: number): string {
  const at = 3 * Math.round(255 * Math.min(1, Math.max(0, t)));
  const map = colourMap(name);
  return `rgb(${map[at] ?? 0} ${map[at + 1] ?? 0} ${map[at + 2] ?? 0})`;
}
