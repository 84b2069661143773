import { extname } from "node:path";
import sharp, { type Sharp } from "sharp";
import { issueError } from "../../runtime/base/issue.ts";
import { writeNpy } from "../../runtime/tensor/npy.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { writeBytes } from "./bytes.ts";
import { asPicture, toBytes, type Picture } from "../../runtime/tensor/picture.ts";

const encoders: ReadonlyMap<string, (image: Sharp) => Sharp> = new Map([
  [".png", (image) => image.png()],
  [".jpg", (image) => image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })],
  [".jpeg", (image) => image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })],
  [".webp", (image) => image.webp({ lossless: true })],
]);

/**
 * Writes a float32 tensor [C,H,W] or [1,C,H,W] in [-1, 1] (1 channel: grey, 3: sRGB) as the path's
 * extension says: .png and .webp without loss, .jpg at quality 95; 8 bits, values outside clamped.
 * A .npy file takes any tensor as it is. The file is written whole or not at all.
 *
 * @throws IssueError `file.extension`, `file.image` (no image, or NaN), `file.write`.
 */
export async function writeImage(path: string, tensor: TensorData): Promise<void> {
  const extension = extname(path).toLowerCase();
  if (extension === ".npy") return writeBytes(path, writeNpy(tensor));
  const encoder = encoders.get(extension);
  if (encoder === undefined) {
    const known = [...encoders.keys(), ".npy"].join(" ");
    const message = `An image is written as ${known}; the name ends in "${extension}".`;
    throw issueError("file.extension", message, { path: [path] });
  }
  const picture = asPicture(tensor);
  const wrong = typeof picture === "string" ? picture : whyNotWritable(picture);
  if (typeof picture === "string" || wrong !== null)
    throw issueError("file.image", `The tensor ${wrong}.`, { path: [path] });
  await writeBytes(path, await encoder(toSharp(picture)).toBuffer());
}

/** A picture of 1 or 3 channels for sharp, 8 bits. */
export function toSharp(picture: Picture): Sharp {
  const { channels, height, width } = picture;
  if (channels !== 1 && channels !== 3) throw new RangeError(`toSharp: ${whyNotWritable(picture)}`);
  const image = sharp(toBytes(picture), { raw: { channels, height, width } });
  return channels === 1 ? image.toColourspace("b-w") : image;
}

function whyNotWritable({ channels }: Picture): string | null {
  return channels === 1 || channels === 3 ? null : `has ${channels} channels; 1 or 3 can be seen`;
}
