import sharp, { type OverlayOptions } from "sharp";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { asPicture, type Picture } from "../../runtime/tensor/picture.ts";
import { toSharp } from "./write-image.ts";

const marginPx = 16;
const linePx = 18;
const fontPx = 13;
/** Width of one character of the caption font, on the wide side. */
const characterPx = 7.5;
/** Small images grow by a whole factor until their longer side comes to about this. */
const wantedPx = 256;
/** The most images in one picture. */
const mostImages = 64;
/** The most pixels a side of one image. */
export const longestSide = 4096;

/**
 * A PNG of the images in a row on white, each with its caption below (a line break starts a new
 * line). Small images are enlarged by repeating pixels, so that single pixels can be seen.
 *
 * @param images float32 [C,H,W] or [1,C,H,W] in [-1, 1], of 1 or 3 channels.
 * @throws RangeError when one is no image, there are none or too many, or the captions are of another number.
 */
export async function sideBySide(
  images: readonly TensorData[],
  labels: readonly string[] = images.map(() => ""),
): Promise<Uint8Array> {
  if (images.length === 0 || images.length > mostImages || labels.length !== images.length)
    throw new RangeError(
      `sideBySide: ${images.length} images with ${labels.length} captions; 1 to ${mostImages} of each are shown`,
    );
  const cells = images.map((image, i) => cellOf(image, labels[i] ?? ""));
  const lines = Math.max(...cells.map((cell) => cell.lines.length));
  const top = Math.max(...cells.map((cell) => cell.height));
  const captionPx = lines === 0 ? 0 : lines * linePx + 8;
  const width = cells.reduce((sum, cell) => sum + cell.width + marginPx, marginPx);
  const height = marginPx + top + captionPx + marginPx;
  const overlays: OverlayOptions[] = [];
  const texts: string[] = [];
  let left = marginPx;
  for (const cell of cells) {
    const inset = Math.floor((cell.width - cell.picture.width * cell.factor) / 2);
    overlays.push({
      input: await enlarge(cell),
      left: left + inset,
      top: marginPx + top - cell.height,
    });
    texts.push(caption(cell, left + cell.width / 2, marginPx + top + linePx));
    left += cell.width + marginPx;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join("")}</svg>`;
  const canvas = sharp({ create: { width, height, channels: 3, background: "#fff" } });
  return canvas
    .composite([...overlays, { input: Buffer.from(svg), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

interface Cell {
  readonly picture: Picture;
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

function cellOf(image: TensorData, label: string): Cell {
  const picture = asPicture(image);
  if (typeof picture === "string") throw new RangeError(`sideBySide: the tensor ${picture}`);
  const longer = Math.max(picture.width, picture.height);
  if (longer > longestSide)
    throw new RangeError(`sideBySide: an image side of ${longer} pixels is above ${longestSide}`);
  const factor = Math.max(1, Math.round(wantedPx / longer));
  const lines = label === "" ? [] : label.split("\n");
  const textPx = Math.ceil(Math.max(0, ...lines.map((line) => [...line].length)) * characterPx);
  const width = Math.max(picture.width * factor, textPx);
  return { picture, factor, width, height: picture.height * factor, lines };
}

async function enlarge({ picture, factor }: Cell): Promise<Buffer> {
  const width = picture.width * factor;
  const height = picture.height * factor;
  return toSharp(picture)
    .resize({ width, height, kernel: "nearest" })
    .toColourspace("srgb")
    .png()
    .toBuffer();
}

function caption({ lines }: Cell, middle: number, top: number): string {
  const style = `font-family="Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif" font-size="${fontPx}" fill="#222"`;
  const spans = lines.map(
    (line, i) => `<tspan x="${middle}" y="${top + i * linePx}">${escapeXml(line)}</tspan>`,
  );
  return `<text text-anchor="middle" ${style}>${spans.join("")}</text>`;
}

/** Text for SVG; what XML cannot hold becomes a replacement character. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff\p{Surrogate}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
