import sharp from "sharp";

/** PNGs under one another, left-aligned on white. */
export async function underOneAnother(pictures: readonly Uint8Array[]): Promise<Uint8Array> {
  const sizes = await Promise.all(pictures.map((picture) => sharp(picture).metadata()));
  const width = Math.max(...sizes.map((size) => size.width));
  const height = sizes.reduce((sum, size) => sum + size.height, 0);
  let top = 0;
  const overlays = pictures.map((picture, i) => {
    const here = { input: Buffer.from(picture), left: 0, top };
    top += sizes[i]?.height ?? 0;
    return here;
  });
  return sharp({ create: { width, height, channels: 3, background: "#fff" } })
    .composite(overlays)
    .png()
    .toBuffer();
}
