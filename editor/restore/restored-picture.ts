import { asPicture, toBytes, type Picture } from "../../runtime/tensor/picture.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

/** The first sample of a run's output, as a picture; null where it is none. */
export function restoredPicture({ shape, dtype, data }: TensorData): Picture | null {
  const [, ...one] = shape;
  if (dtype !== "float32") return null;
  const size = one.reduce((product, length) => product * length, 1);
  const picture = asPicture({ dtype, shape: one, data: data.subarray(0, size) });
  const isSeen = typeof picture !== "string" && [1, 3].includes(picture.channels);
  return isSeen ? picture : null;
}

/** Rows of pixels of 4 bytes, clamped and rounded as the command line writes its pictures. */
export function rgbaOf(picture: Picture): Uint8ClampedArray<ArrayBuffer> {
  const { channels } = picture;
  const bytes = toBytes(picture);
  const rgba = new Uint8ClampedArray((bytes.length / channels) * 4).fill(255);
  for (let i = 0; i < bytes.length / channels; i += 1)
    for (let c = 0; c < 3; c += 1)
      rgba[i * 4 + c] = bytes[i * channels + (channels === 3 ? c : 0)] ?? 0;
  return rgba;
}
