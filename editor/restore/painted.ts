import type { Fit } from "./fit-photo.ts";
import type { Mask, Spot } from "./mask.ts";

/** The marked pixels in stripes of a colour, and nothing where nothing is marked. */
export function paintMask(canvas: HTMLCanvasElement, mask: Mask, colour: Rgb): void {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (context === null || mask.length !== width * height) return;
  const image = new ImageData(width, height);
  mask.forEach((value, i) => {
    if (value === 0) return;
    const stripe = ((i % width) + Math.floor(i / width)) % 6 < 3;
    image.data.set([...colour, stripe ? 215 : 150], i * 4);
  });
  context.putImageData(image, 0, 0);
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour of the theme, as its parts. */
export function themeColour(element: Element, name: string): Rgb {
  const value = getComputedStyle(element).getPropertyValue(name).trim();
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(value.slice(at, at + 2), 16),
  );
  return [red, green, blue];
}

/** The point of the photo under a pointer on the picture. */
export function spotUnder(
  picture: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  { crop }: Fit,
): Spot {
  const { left, top, width, height } = picture.getBoundingClientRect();
  return [
    crop.left + ((clientX - left) / width) * crop.width,
    crop.top + ((clientY - top) / height) * crop.height,
  ];
}
