import type { Fit } from "./fit-photo.ts";
import type { Mask } from "./mask.ts";

/** The photo as it is measured, before anything is marked as missing. */
export async function fittedPixels(bitmap: ImageBitmap, fit: Fit): Promise<ImageData> {
  const { crop, width, height } = fit;
  const small = await createImageBitmap(bitmap, crop.left, crop.top, crop.width, crop.height, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: "high",
  });
  try {
    const context = contextOf(width, height);
    // as the engine reads transparency
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
    context.drawImage(small, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    small.close();
  }
}

/** What stands where nothing was measured: the byte nearest to 0 on the scale of [-1, 1]. */
const nothing = 128;

/** A PNG of the pixels; what is missing is left out of it. */
export async function photoPng(
  pixels: ImageData,
  missing: Mask | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = pixels;
  const shown = new ImageData(new Uint8ClampedArray(data), width, height);
  missing?.forEach((value, i) => {
    if (value === 1) shown.data.fill(nothing, i * 4, i * 4 + 3);
  });
  const context = contextOf(width, height);
  context.putImageData(shown, 0, 0);
  const blob = await context.canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await blob.arrayBuffer());
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { colorSpace: "srgb", willReadFrequently: true });
  if (context === null) throw new Error("internal: a canvas has no 2d context");
  return context;
}
