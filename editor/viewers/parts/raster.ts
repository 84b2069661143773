import type { Picture } from "../draw/picture.ts";
import { paintPicture, type Tone } from "../draw/tone.ts";
import { inSlices } from "./slices.ts";

/** A picture's pixels, one of its own each; drawn again in the same memory while its size stays. */
export interface Raster {
  readonly canvas: HTMLCanvasElement;
  /** Draws in slices and calls back when all is there; what is drawn still is given up. */
  paint(picture: Picture, values: Float32Array, tone: Tone, done: () => void): void;
  stop(): void;
}

export function createRaster(): Raster {
  const canvas = document.createElement("canvas");
  let image: ImageData | null = null;
  let drawn: Picture | null = null;
  let stop = (): void => undefined;
  return {
    canvas,
    paint(picture, values, tone, done) {
      stop();
      const { width, height } = picture;
      if (image?.width !== width || image.height !== height) image = new ImageData(width, height);
      const target = image;
      if (drawn !== picture) target.data.fill(0);
      drawn = picture;
      const work = (from: number, to: number): void =>
        paintPicture(picture, values, tone, { pixels: target.data, from, to });
      stop = inSlices(height, work, () => {
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        canvas.getContext("2d")?.putImageData(target, 0, 0);
        done();
      });
    },
    stop: () => stop(),
  };
}
