import type { ColourMap } from "../colour/colour-map.ts";
import type { Spectrogram } from "../derive/tasks.ts";
import { paintPicture } from "../draw/tone.ts";
import { pictureOf } from "../draw/picture.ts";
import type { Room } from "./surface.tsx";

/** Decibels below the loudest that still have a colour. */
const depth = 80;

/** Time to the right, frequency upwards. */
export function drawSpectrogram(
  context: CanvasRenderingContext2D,
  room: Room,
  { bins, columns, decibels }: Spectrogram,
  map: ColourMap,
): void {
  const upright = new Float32Array(decibels.length);
  let loudest = -Infinity;
  for (let column = 0; column < columns; column++)
    for (let bin = 0; bin < bins; bin++) {
      const value = decibels[column * bins + bin] ?? 0;
      upright[(bins - 1 - bin) * columns + column] = value;
      if (value > loudest) loudest = value;
    }
  const picture = pictureOf(
    { kind: "image", batch: 1, channels: 1, height: bins, width: columns },
    null,
  );
  const image = new ImageData(columns, bins);
  paintPicture(
    picture,
    upright,
    { range: [loudest - depth, loudest], map },
    { pixels: image.data },
  );
  const canvas = new OffscreenCanvas(columns, bins);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingQuality = "high";
  context.drawImage(canvas, 0, 0, room.width, room.height);
}
