import sharp from "sharp";
import { expect, test } from "vitest";
import { pictureSize } from "./picture-size.ts";

const blank = () => sharp({ create: { width: 300, height: 17, channels: 3, background: "#567" } });
const withAlpha = () =>
  sharp({ create: { width: 300, height: 17, channels: 4, background: "#5678" } });

test.each([
  ["PNG", () => blank().png()],
  ["JPEG", () => blank().jpeg()],
  ["progressive JPEG", () => blank().jpeg({ progressive: true })],
  ["JPEG with EXIF", () => blank().withMetadata({ orientation: 6 }).jpeg()],
  ["lossy WebP", () => blank().webp()],
  ["lossless WebP", () => blank().webp({ lossless: true })],
  ["WebP with transparency", () => withAlpha().webp()],
])("reads the size from the header of a %s", async (_, encoded) => {
  const bytes = await encoded().toBuffer();
  expect(pictureSize(bytes)).toEqual({ width: 300, height: 17 });
  expect(pictureSize(bytes.subarray(0, 10))).toBeNull();
});

test("finds none in anything else", async () => {
  expect(pictureSize(await blank().gif().toBuffer())).toBeNull();
  expect(pictureSize(new Uint8Array(0))).toBeNull();
  expect(pictureSize(new TextEncoder().encode("a text that is no picture at all"))).toBeNull();
});
