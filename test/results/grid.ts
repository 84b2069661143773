import sharp from "sharp";
import { sideBySide } from "../../cli/files/side-by-side.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Finished } from "./finished.ts";
import { mean } from "./row.ts";

const widest = 560;

/** One row of pictures a sampler, at its best budget, best first: what the numbers look like. */
export async function grid(group: readonly Finished[]): Promise<Buffer | null> {
  const rows = group
    .flatMap(({ row, outcome }) => (outcome.ran ? [{ row, outcome }] : []))
    .toSorted((a, b) => mean(b.outcome.psnr) - mean(a.outcome.psnr))
    .filter(
      ({ row }, i, sorted) =>
        sorted.findIndex((each) => each.row.sampler.label === row.sampler.label) === i,
    );
  if (rows.length === 0) return null;
  const strips = await Promise.all(
    rows.map(({ row, outcome: { pictures, psnr, nfe } }) =>
      sideBySide(
        pictures.bytes.map((bytes) => decoded(bytes, pictures.shape)),
        pictures.bytes.map((_, i) => `${row.sampler.label}, ${nfe} NFE\n${psnr[i]?.toFixed(2)} dB`),
      ),
    ),
  );
  const sizes = await Promise.all(strips.map((strip) => sharp(strip).metadata()));
  const width = Math.max(...sizes.map((size) => size.width));
  const height = sizes.reduce((sum, size) => sum + size.height, 0);
  let top = 0;
  const overlays = strips.map((input, i) => {
    const at = { input: Buffer.from(input), left: 0, top };
    top += sizes[i]?.height ?? 0;
    return at;
  });
  const canvas = sharp({ create: { width, height, channels: 3, background: "#fff" } });
  const whole = await canvas.composite(overlays).png().toBuffer();
  return sharp(whole)
    .resize({ width: widest, withoutEnlargement: true })
    .jpeg({ quality: 80, mozjpeg: true })
    .toBuffer();
}

function decoded(bytes: string, shape: readonly number[]): TensorData {
  const data = Float32Array.from(Buffer.from(bytes, "base64"), (byte) => byte / 127.5 - 1);
  return { dtype: "float32", shape, data };
}
