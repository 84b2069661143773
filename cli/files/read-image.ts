import { extname } from "node:path";
import sharp, { type Metadata, type Sharp } from "sharp";
import { IssueError, issueError, type Issue } from "../../runtime/base/issue.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { readBytes } from "./bytes.ts";
import { pictureFromNpy } from "../../runtime/tensor/npy-picture.ts";
import { fromSamples } from "../../runtime/tensor/picture.ts";

export interface ReadImageOptions {
  /** 1: luminance; 3: sRGB, a grey picture repeated. Default: 1 for a grey file, else 3. */
  readonly channels?: 1 | 3;
  /** Is told what a person should know, though the picture is read. */
  readonly warn?: (issue: Issue) => void;
}

const mostPixels = 2 ** 28;
const formats: ReadonlySet<string> = new Set(["png", "jpeg", "webp"]);

/**
 * An image file as float32 [1, C, H, W] in [-1, 1].
 *
 * PNG (8 or 16 bit), JPEG, WebP: turned upright as EXIF says, an embedded profile converted to
 * sRGB, transparency laid on black (which `warn` is told), the first frame of an animation. A .npy
 * file ([H,W], [C,H,W] or [1,C,H,W]; float32 or float64) is taken as it is, whatever its range; it is
 * never converted, so `channels` must be what it has. Sizes are for `input/image` to change.
 *
 * @throws IssueError `file.missing`, `file.read`, `file.image`, `file.size`, `file.npy`,
 * `file.not-finite`, located at the path.
 */
export async function readImage(path: string, options: ReadImageOptions = {}): Promise<TensorData> {
  return readImageBytes(await readBytes(path), path, options);
}

/** `readImage` of bytes that were read before; `path` is for its ending and for messages. */
export async function readImageBytes(
  bytes: Uint8Array,
  path: string,
  options: ReadImageOptions = {},
): Promise<TensorData> {
  if (extname(path).toLowerCase() === ".npy")
    return pictureFromNpy(readNpy(bytes, { path: [path] }), path, options.channels);
  const metadata = await checkHeader(bytes, path);
  if (metadata.hasAlpha && !(await isOpaque(bytes))) options.warn?.(onBlack(path));
  return decode(sharp(bytes, { limitInputPixels: mostPixels }), metadata, path, options);
}

/** A picture that is damaged has no transparency to tell of: `decode` refuses it. */
async function isOpaque(bytes: Uint8Array): Promise<boolean> {
  try {
    return (await sharp(bytes, { limitInputPixels: mostPixels }).stats()).isOpaque;
  } catch {
    return true;
  }
}

const onBlack = (path: string): Issue => ({
  code: "image.transparent",
  message: "The picture is transparent in parts, which become black.",
  at: { path: [path] },
  fix: "Lay it on a background first, if black is not meant.",
});

async function checkHeader(bytes: Uint8Array, path: string): Promise<Metadata> {
  const metadata = await readHeader(bytes, path);
  const { format, width, height } = metadata;
  if (!formats.has(format))
    throw refuse(
      "file.image",
      `The picture is ${format}; PNG, JPEG, WebP and .npy are read.`,
      path,
    );
  if (width * height > mostPixels)
    throw refuse(
      "file.size",
      `The picture is ${width} by ${height} pixels; up to ${mostPixels} pixels are read.`,
      path,
    );
  return metadata;
}

async function readHeader(bytes: Uint8Array, path: string): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    const message = "The file is no picture that can be read: PNG, JPEG, WebP or .npy.";
    throw new IssueError([{ code: "file.image", message, at: { path: [path] } }], { cause });
  }
}

async function decode(
  input: Sharp,
  metadata: Metadata,
  path: string,
  { channels }: ReadImageOptions,
): Promise<TensorData> {
  const deep = metadata.depth === "ushort";
  const isGrey = metadata.space === "b-w" || metadata.space === "grey16";
  const grey = channels === undefined ? isGrey : channels === 1;
  const space = deep ? (grey ? "grey16" : "rgb16") : grey ? "b-w" : "srgb";
  const image = input.autoOrient().flatten({ background: "#000" });
  try {
    const raw = image.toColourspace(space).raw({ depth: deep ? "ushort" : "uchar" });
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    // A copy, for the alignment of 16-bit samples.
    const samples = deep ? new Uint16Array(Uint8Array.from(data).buffer) : data;
    const values = fromSamples(samples, info.channels, deep ? 65_535 : 255);
    return float32(values, [1, info.channels, info.height, info.width]);
  } catch (cause) {
    const message = `The ${metadata.format.toUpperCase()} picture is damaged or cut off.`;
    throw new IssueError([{ code: "file.image", message, at: { path: [path] } }], { cause });
  }
}

function refuse(code: string, message: string, path: string, fix?: string): IssueError {
  return issueError(code, message, { path: [path] }, fix === undefined ? {} : { fix });
}
