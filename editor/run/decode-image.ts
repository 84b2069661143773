import { issueError } from "../../runtime/base/issue.ts";
import { fromSamples } from "../../runtime/tensor/picture.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { isGreyPicture } from "./grey-picture.ts";

const mostPixels = 2 ** 28;

/**
 * PNG, JPEG or WebP as the command line reads it: upright, in sRGB, transparency laid on black, float32
 * [1, C, H, W] in [-1, 1] with one channel for a grey file. Samples of 16 bits are read as 8.
 *
 * @throws IssueError `file.image`, `file.size`.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<TensorData> {
  const picture = await open(bytes, name);
  try {
    const { width, height } = picture;
    if (width * height > mostPixels)
      throw issueError(
        "file.size",
        `The picture is ${width} by ${height} pixels; up to ${mostPixels} pixels are read.`,
        { path: [name] },
      );
    const rgba = pixelsOf(picture);
    const channels = isGreyPicture(bytes) ? 1 : 3;
    const samples = new Uint8Array(width * height * channels);
    for (let i = 0; i < samples.length; i += 1)
      samples[i] = rgba[Math.floor(i / channels) * 4 + (i % channels)] ?? 0;
    return float32(fromSamples(samples, channels, 255), [1, channels, height, width]);
  } finally {
    picture.close();
  }
}

async function open(bytes: Uint8Array, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  } catch {
    throw issueError(
      "file.image",
      "The file is no picture that can be read: PNG, JPEG, WebP or .npy.",
      { path: [name] },
    );
  }
}

function pixelsOf(picture: ImageBitmap): Uint8ClampedArray {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { colorSpace: "srgb", willReadFrequently: true });
  if (context === null) throw new Error("internal: a canvas has no 2d context");
  context.fillStyle = "#000";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}
