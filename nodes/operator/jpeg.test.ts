import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { evaluate, operatorOf, pictureOf } from "../../test/support/evaluate.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { quantisationSteps } from "./shared/jpeg-tables.ts";
import { jpeg } from "./jpeg.ts";

/** Values in [-1, 1] [1, C, H, W] as bytes [H, W, C]. */
function toBytes({ shape: [, c = 1, h = 1, w = 1], data }: TensorData): Uint8Array {
  const values = data as Float32Array;
  return Uint8Array.from({ length: c * h * w }, (_, i) =>
    Math.round(127.5 * ((values[(i % c) * h * w + Math.floor(i / c)] ?? 0) + 1)),
  );
}

function fromBytes(bytes: Uint8Array, shape: Shape): TensorData {
  const [c = 1, h = 1, w = 1] = shape;
  const data = Float32Array.from({ length: c * h * w }, (_, i) => {
    const [channel, pixel] = [Math.floor(i / (h * w)), i % (h * w)];
    return (bytes[pixel * c + channel] ?? 0) / 127.5 - 1;
  });
  return float32(data, [1, ...shape]);
}

async function applied(params: object, x: TensorData): Promise<Float32Array> {
  const operator = operatorOf(jpeg, params, x.shape.slice(1));
  const [y] = await evaluate([x], (emit, [u]) => [operator.apply(emit, u!)]);
  return y!;
}

/** Mean and largest difference in levels of 8 bits. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>) {
  const all = Array.from(a, (v, i) => Math.abs(v - (b[i] ?? Number.NaN)) * 127.5);
  return { mean: all.reduce((s, v) => s + v, 0) / all.length, most: Math.max(...all) };
}

interface Encoded {
  readonly quality: number;
  readonly chroma: "4:2:0" | "4:4:4";
}

/** `x` through a real encoder and decoder. */
async function realJpeg(x: TensorData, { quality, chroma }: Encoded) {
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const space = channels === 1 ? "b-w" : "srgb";
  const raw = { width, height, channels: channels as 1 | 3 };
  const file = await sharp(toBytes(x), { raw })
    .toColourspace(space)
    .jpeg({ quality, chromaSubsampling: chroma })
    .toBuffer();
  const back = await sharp(file).toColourspace(space).raw().toBuffer();
  return { file, decoded: fromBytes(back, x.shape.slice(1)).data as Float32Array };
}

/** The quantisation tables of a JPEG file, rows by vertical frequency, each step in 8 bits. */
function tablesOf(file: Uint8Array): readonly (readonly number[])[] {
  const found: number[][] = [];
  let at = 2;
  while (at < file.length && file[at + 1] !== 0xda) {
    const [marker, length] = [file[at + 1], 256 * (file[at + 2] ?? 0) + (file[at + 3] ?? 0)];
    if (marker === 0xdb)
      for (let table = at + 4; table < at + 2 + length; table += 65)
        found.push(zigzag.map((place) => file[table + 1 + place] ?? 0));
    at += 2 + length;
  }
  return found;
}

/** Where each coefficient stands in the order of the file. */
const zigzag = Array.from({ length: 64 }, (_, i) => i)
  .toSorted((a, b) => {
    const [ra, ca, rb, cb] = [a >> 3, a % 8, b >> 3, b % 8];
    if (ra + ca !== rb + cb) return ra + ca - rb - cb;
    return (ra + ca) % 2 === 0 ? rb - ra : ra - rb;
  })
  .reduce<number[]>((places, coefficient, place) => {
    places[coefficient] = place;
    return places;
  }, []);

describe("operator/jpeg", () => {
  test("rounds to the steps that a real encoder writes into its file", async () => {
    for (const quality of [1, 7, 10, 25, 49, 50, 51, 75, 92, 100]) {
      const picture = fromBytes(toBytes(pictureOf([3, 16, 16])), [3, 16, 16]);
      const { file } = await realJpeg(picture, { quality, chroma: "4:4:4" });
      expect(tablesOf(file)).toEqual([
        quantisationSteps("luminance", quality),
        quantisationSteps("chrominance", quality),
      ]);
    }
  });

  // A real one rounds to 8 bits before, between and after, and clips.
  test.each([
    [50, [3, 40, 24], 1],
    [10, [3, 40, 24], 0.6],
    [10, [1, 40, 24], 0.6],
    [10, [3, 13, 21], 2],
  ] as const)(
    "equals a real encoder and decoder at quality %d, shape %j, within %d levels on average",
    async (quality, shape, most) => {
      const x = fromBytes(toBytes(pictureOf(shape, 0.6)), shape);
      const { decoded } = await realJpeg(x, { quality, chroma: "4:4:4" });
      const { mean } = difference(await applied({ quality, chroma: "4:4:4" }, x), decoded);
      expect(mean).toBeLessThan(most);
      expect(difference(x.data as Float32Array, decoded).mean).toBeGreaterThan(5 * mean);
    },
  );

  // A real decoder spreads the chrominance linearly, which leaves the luminance.
  test("has a real encoder's luminance where the chrominance is halved", async () => {
    const x = fromBytes(toBytes(pictureOf([3, 48, 32], 0.6)), [3, 48, 32]);
    const { decoded } = await realJpeg(x, { quality: 10, chroma: "4:2:0" });
    const ours = await applied({ quality: 10, chroma: "4:2:0" }, x);
    const luminance = (v: Float32Array) =>
      Array.from(
        { length: 48 * 32 },
        (_, i) => 0.299 * v[i]! + 0.587 * v[i + 48 * 32]! + 0.114 * v[i + 2 * 48 * 32]!,
      );
    expect(difference(luminance(ours), luminance(decoded)).mean).toBeLessThan(0.5);
    expect(difference(ours, decoded).mean).toBeLessThan(6);
  });

  test("changes nothing the second time, where sizes fill whole blocks", async () => {
    const operator = operatorOf(jpeg, {}, [3, 32, 48]);
    const [once, twice] = await evaluate([pictureOf([3, 32, 48])], (emit, [x]) => {
      const y = operator.apply(emit, x!);
      return [y, operator.apply(emit, y)];
    });
    expect(difference(once!, twice!).most).toBeLessThan(0.01);
  });

  test("refuses a signal that is neither grey nor colour", () => {
    expect(() => operatorOf(jpeg, { quality: 10 }, [2, 8, 8])).toThrow(
      "JPEG of quality 10 acts on pictures of 1 channel (grey) or 3 (colour), the signal has 2",
    );
  });
});
