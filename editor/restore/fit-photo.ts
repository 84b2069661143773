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
  /** A square of the photo, as large as it has one. */
  readonly square: boolean;
  /** Where the square lies along the photo: 0 at its left or top, 1 at its other end. */
  readonly along: number;
  /** Pixels of the restored picture to one of the fitted photo. */
  readonly factor: number;
}

/**
 * The photo as it is measured: never enlarged, scaled down where it is larger, and cut so that the restored
 * picture has sides that are multiples of 16. Null where it is too small or too narrow for that.
 */
export function fitPhoto(photo: Size, { side, square, along, factor }: Wanted): Fit | null {
  const step = multiple / factor;
  const most = side / factor;
  const [width, height] = square ? squareOf(photo) : [photo.width, photo.height];
  const scale = Math.min(1, most / Math.max(width, height));
  // a hair above, so that 192 / 256 * 256 is 192
  const fitted = (length: number): number => Math.floor((length * scale) / step + 1e-9) * step;
  const [to, high] = [fitted(width), fitted(height)];
  if (to < step || high < step) return null;
  const crop = {
    width: Math.min(photo.width, Math.round(to / scale)),
    height: Math.min(photo.height, Math.round(high / scale)),
  };
  const [across, down] = [photo.width - crop.width, photo.height - crop.height];
  const at = square ? along : 1 / 2;
  const left = Math.floor(across * (across > down ? at : 1 / 2));
  const top = Math.floor(down * (down > across ? at : 1 / 2));
  return { width: to, height: high, crop: { ...crop, left, top } };
}

const squareOf = ({ width, height }: Size): readonly [number, number] => {
  const shorter = Math.min(width, height);
  return [shorter, shorter];
};

/** Whether the fit makes the photo smaller, beyond cutting its edges. */
export const isScaled = ({ crop, width }: Fit): boolean => crop.width !== width;
