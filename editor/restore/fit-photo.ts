/** A picture's size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a photo that is used, in pixels of the photo, and the size that it is brought to. */
export interface Fit extends Size {
  readonly crop: Size & { readonly left: number; readonly top: number };
}

/** The longest sides that a restored picture may have. */
export const sides = [128, 192, 256] as const;
export type Side = (typeof sides)[number];

/** Heights and widths that the photo prior takes. */
const multiple = 16;

export interface Wanted {
  readonly side: Side;
  /** The middle of the photo as a square, or as much of it as there is. */
  readonly square: boolean;
  /** Pixels of the restored picture to one of the fitted photo. */
  readonly factor: number;
}

/**
 * The photo as it is measured: never enlarged, scaled down where it is larger, and cut around its middle so that the
 * restored picture has sides that are multiples of 16. Null where it is too small or too narrow for that.
 */
export function fitPhoto(photo: Size, { side, square, factor }: Wanted): Fit | null {
  const step = multiple / factor;
  const most = side / factor;
  const [width, height] = square ? squareOf(photo) : [photo.width, photo.height];
  const scale = Math.min(1, most / Math.max(width, height));
  // a hair above, so that 192 / 256 * 256 is 192
  const down = (length: number): number => Math.floor((length * scale) / step + 1e-9) * step;
  const [to, high] = [down(width), down(height)];
  if (to < step || high < step) return null;
  const crop = {
    width: Math.min(photo.width, Math.round(to / scale)),
    height: Math.min(photo.height, Math.round(high / scale)),
  };
  const left = Math.floor((photo.width - crop.width) / 2);
  const top = Math.floor((photo.height - crop.height) / 2);
  return { width: to, height: high, crop: { ...crop, left, top } };
}

const squareOf = ({ width, height }: Size): readonly [number, number] => {
  const shorter = Math.min(width, height);
  return [shorter, shorter];
};

/** Whether the fit makes the photo smaller, beyond cutting its edges. */
export const isScaled = ({ crop, width }: Fit): boolean => crop.width !== width;
