/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Lightness 0 to 1, chroma, hue in turns of 360. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/**
 * The sRGB colour of an OKLCh colour; one that no screen can show loses chroma, never lightness or hue.
 *
 * @see Ottosson 2020, A perceptual color space for image processing.
 */
export function rgbOf({ l, c, h }: Oklch): Rgb {
  const angle = (h * Math.PI) / 180;
  const at = (chroma: number) => linearOf(l, chroma * Math.cos(angle), chroma * Math.sin(angle));
  let [low, high] = [0, c];
  if (isShown(at(c))) low = c;
  for (let i = 0; i < 12 && low < high; i++) {
    const middle = (low + high) / 2;
    if (isShown(at(middle))) low = middle;
    else high = middle;
  }
  const [r, g, b] = at(low);
  return [byteOf(r), byteOf(g), byteOf(b)];
}

/** Linear light of OKLab. */
function linearOf(lightness: number, a: number, b: number): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const isShown = (linear: Rgb): boolean => linear.every((part) => part >= -1e-4 && part <= 1.0001);

/** The sRGB transfer curve (IEC 61966-2-1). */
function byteOf(linear: number): number {
  const light = Math.min(1, Math.max(0, linear));
  const shown = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(shown * 255);
}
