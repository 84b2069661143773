import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IssueError } from "../../runtime/base/issue.ts";
import { writeNpy } from "../../runtime/tensor/npy.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { readImage } from "./read-image.ts";
import { sideBySide } from "./side-by-side.ts";
import { writeImage } from "./write-image.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "denoodle-images-"));
});
afterAll(() => rm(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const put = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(file(name), bytes);
  return file(name);
};
const refusal = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (error instanceof IssueError) return error.message;
    throw error;
  }
  return "accepted";
};
/** An image whose values are bytes, so that 8 bits hold it. */
const anImage = (channels: number, height: number, width: number): TensorData => {
  const size = channels * height * width;
  const values = Float32Array.from({ length: size }, (_, i) => ((i * 37) % 256) / 127.5 - 1);
  return float32(values, [1, channels, height, width]);
};
const raw = (data: Uint8Array | Uint16Array, width: number, channels: 1 | 2 | 3 | 4): Sharp =>
  sharp(data, { raw: { width, height: data.length / width / channels, channels } });

describe(readImage, () => {
  test("reads back what was written without loss, grey and coloured", async () => {
    for (const image of [anImage(3, 5, 7), anImage(1, 5, 7)]) {
      for (const name of ["a.png", "a.webp", "a.npy"]) {
        const channels = image.shape[1] === 1 ? 1 : 3;
        await writeImage(file(name), image);
        expect(await readImage(file(name), { channels })).toEqual(image);
      }
      expect((await readImage(file("a.png"))).shape).toEqual(image.shape);
    }
  });

  test("reads JPEG close to what was written, and turns it upright", async () => {
    const values = Float32Array.from({ length: 3 * 256 }, (_, i) => Math.sin(i / 40));
    await writeImage(file("a.jpg"), float32(values, [3, 16, 16]));
    const { data } = await readImage(file("a.jpg"));
    expect(Math.max(...values.map((v, i) => Math.abs(v - Number(data[i]))))).toBeLessThan(0.1);
    const turned = raw(new Uint8Array(8 * 4 * 3), 8, 3).withMetadata({ orientation: 6 });
    const path = await put("turned.jpg", await turned.jpeg().toBuffer());
    expect((await readImage(path)).shape).toEqual([1, 3, 8, 4]);
  });

  test("keeps all 16 bits, grey and coloured", async () => {
    const samples = Uint16Array.from({ length: 48 }, (_, i) => i * 1_394 + 1);
    const colour = await raw(samples, 4, 3).toColourspace("rgb16").png().toBuffer();
    const grey = await raw(samples, 4, 1).toColourspace("grey16").png().toBuffer();
    const read = await readImage(await put("g16.png", grey));
    expect(read).toEqual(
      float32(
        Float32Array.from(samples, (v) => (v * 2) / 65_535 - 1),
        [1, 1, 12, 4],
      ),
    );
    const { data, shape } = await readImage(await put("c16.png", colour));
    expect(shape).toEqual([1, 3, 4, 4]);
    expect(data[1]).toBe(Math.fround((2 * (samples[3] ?? 0)) / 65_535 - 1));
  });

  test("lays transparency on black, and says so", async () => {
    const half = Uint8Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 128 : 200));
    const path = await put("alpha.png", await raw(half, 2, 4).png().toBuffer());
    const said: unknown[] = [];
    const { data } = await readImage(path, { warn: (issue) => said.push(issue) });
    expect(said).toEqual([
      expect.objectContaining({ code: "image.transparent", at: { path: [path] } }),
    ]);
    expect(data[0]).toBeCloseTo((100 / 255) * 2 - 1, 1);
  });

  test("takes a .npy image as it is, with any range", async () => {
    const values = float32([0, 0.5, 300, -7], [2, 2]);
    expect(await readImage(await put("i.npy", writeNpy(values)))).toEqual(
      float32(values.data as Float32Array, [1, 1, 2, 2]),
    );
    expect(await refusal(readImage(file("i.npy"), { channels: 3 }))).toContain(
      "The array is an image of 1 channels, but 3 are needed.",
    );
  });

  test("refuses what is no image, in a sentence at the path", async () => {
    const nan = await put("nan.npy", writeNpy(float32([0, Number.NaN], [1, 1, 2])));
    expect(await refusal(readImage(nan))).toBe(
      `${nan}: The array holds NaN at element 1. [file.not-finite]`,
    );
    const bytes = await put(
      "u8.npy",
      writeNpy({ dtype: "uint8", shape: [1, 1], data: Uint8Array.of(3) }),
    );
    expect(await refusal(readImage(bytes))).toContain("is uint8; an image is float32 or float64");
    const batch = await put("batch.npy", writeNpy(float32(new Float32Array(8), [2, 1, 2, 2])));
    expect(await refusal(readImage(batch))).toContain("has shape [2,1,2,2]; an image is");
    expect(await refusal(readImage(file("none.png")))).toBe(
      `${file("none.png")}: There is no such file. [file.missing]`,
    );
    expect(await refusal(readImage(folder))).toContain("a folder, not a file. [file.read]");
    expect(await refusal(readImage(await put("text.png", Buffer.from("hello"))))).toContain(
      "[file.image]",
    );
    expect(await refusal(readImage(await put("empty.png", Buffer.of())))).toContain("[file.image]");
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`;
    expect(await refusal(readImage(await put("s.png", Buffer.from(svg))))).toContain(
      "The picture is svg",
    );
    const whole = await sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: "#123",
        noise: { type: "gaussian", mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();
    expect(
      await refusal(readImage(await put("cut.png", whole.subarray(0, whole.length >> 1)))),
    ).toContain("The PNG picture is damaged or cut off. [file.image]");
  });

  test("refuses a picture of absurd size by its header", async () => {
    const png = await raw(new Uint8Array(3), 1, 3).png().toBuffer();
    const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
    view.setUint32(16, 60_000);
    view.setUint32(20, 60_000);
    view.setUint32(29, crc32(png.subarray(12, 29)));
    expect(await refusal(readImage(await put("huge.png", png)))).toContain(
      "The picture is 60000 by 60000 pixels; up to 268435456 pixels are read. [file.size]",
    );
  });
});

describe(writeImage, () => {
  test("clamps values outside the range", async () => {
    await writeImage(file("c.png"), float32([-5, 0, 1, 7], [1, 2, 2]));
    expect((await readImage(file("c.png"))).data).toEqual(
      Float32Array.of(-1, 128 / 127.5 - 1, 1, 1),
    );
  });

  test("makes folders on the way and leaves nothing else behind", async () => {
    await writeImage(file("deep/er/a.png"), anImage(3, 2, 2));
    await writeImage(file("deep/er/a.png"), anImage(3, 2, 3));
    expect(await readdir(file("deep/er"))).toEqual(["a.png"]);
  });

  test("refuses before it touches the file", async () => {
    const kept = await put("kept.png", Buffer.from("kept"));
    expect(await refusal(writeImage(kept, float32([Number.NaN], [1, 1, 1])))).toContain(
      "holds NaN at element 0",
    );
    expect(await refusal(writeImage(kept, anImage(4, 2, 2)))).toContain(
      "has 4 channels; 1 or 3 can be seen",
    );
    expect(await refusal(writeImage(file("a.gif"), anImage(3, 2, 2)))).toContain(
      "[file.extension]",
    );
    expect(await readFile(kept, "utf8")).toBe("kept");
  });

  test("reports a place that cannot be written", async () => {
    await put("blocker", Buffer.from("x"));
    expect(await refusal(writeImage(file("blocker/a.png"), anImage(3, 2, 2)))).toContain(
      "[file.write]",
    );
  });
});

describe(sideBySide, () => {
  test("shows images in a row with captions, small ones enlarged", async () => {
    const png = await sideBySide(
      [anImage(1, 4, 4), anImage(3, 64, 32), anImage(3, 300, 300)],
      ["measurement\n& <noise>", "DPS, 23.1 dB", "ground truth σ = 0.05"],
    );
    const { width, height } = await sharp(png).metadata();
    expect([width, height]).toEqual([16 + 256 + 16 + 128 + 16 + 300 + 16, 16 + 300 + 44 + 16]);
    const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([data[0], data[1], data[2]]).toEqual([255, 255, 255]);
    const dark = data.subarray((16 + 300) * width * 3).filter((v) => v < 128).length;
    expect(dark).toBeGreaterThan(200);
  });

  test("refuses what it cannot show", async () => {
    await expect(sideBySide([])).rejects.toThrow("0 images");
    await expect(sideBySide([float32([1], [1])])).rejects.toThrow("has shape [1]");
    await expect(sideBySide([anImage(2, 2, 2)])).rejects.toThrow("2 channels");
  });
});
