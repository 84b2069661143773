import { describe, expect, test } from "vitest";
import { colourMap } from "../colour/colour-map.ts";
import { layoutOf, type ImageLayout } from "../data/layout.ts";
import { pictureOf, pixelAt, valuesAt } from "./picture.ts";
import { paintPicture } from "./tone.ts";
import { signedRange } from "./value-range.ts";

const imageLayout = (...shape: readonly number[]): ImageLayout => {
  const layout = layoutOf(shape);
  if (layout.kind !== "image") throw new Error("no image");
  return layout;
};

function painted(
  shape: readonly number[],
  values: readonly number[],
  range: readonly [number, number],
  map = colourMap("grey"),
) {
  const picture = pictureOf(imageLayout(...shape), null, 1);
  const pixels = new Uint8ClampedArray(4 * picture.width * picture.height);
  paintPicture(picture, Float32Array.from(values), { range, map }, { pixels });
  const at = (x: number, y: number) => [
    ...pixels.subarray(4 * (y * picture.width + x), 4 * (y * picture.width + x) + 4),
  ];
  return { picture, at };
}

describe("paintPicture", () => {
  test("a grey image in [-1,1]: the ends, the middle, what lies beyond", () => {
    const { at } = painted([1, 1, 1, 5], [-1, 0, 1, -9, 9], [-1, 1]);
    expect([0, 1, 2, 3, 4].map((x) => at(x, 0)[0])).toEqual([0, 128, 255, 0, 255]);
    expect(at(1, 0)).toEqual([128, 128, 128, 255]);
  });

  test("a grey image in [0,1]", () => {
    const { at } = painted([1, 1, 1, 3], [0, 0.2, 1], [0, 1]);
    expect([0, 1, 2].map((x) => at(x, 0)[1])).toEqual([0, 51, 255]);
  });

  test("three channels are red, green and blue", () => {
    const { at } = painted([1, 3, 1, 2], [1, -1, -1, 1, -1, 0], [-1, 1]);
    expect(at(0, 0)).toEqual([255, 0, 0, 255]);
    expect(at(1, 0)).toEqual([0, 255, 128, 255]);
  });

  test("NaN and infinity have colours that no map holds, in grey and in colour", () => {
    const bad = [
      [255, 0, 255, 255],
      [0, 255, 120, 255],
      [0, 255, 120, 255],
    ];
    const grey = painted([1, 1, 1, 3], [NaN, Infinity, -Infinity], [-1, 1]);
    expect([0, 1, 2].map((x) => grey.at(x, 0))).toEqual(bad);
    const colour = painted([1, 3, 1, 3], [0, 0, -Infinity, NaN, Infinity, 0, 0, 0, 0], [-1, 1]);
    expect([0, 1, 2].map((x) => colour.at(x, 0))).toEqual(bad);
    for (const name of ["grey", "sequential", "diverging", "cyclic"] as const) {
      const map = colourMap(name);
      const colours = Array.from({ length: 256 }, (_, i) =>
        String([...map.subarray(3 * i, 3 * i + 3)]),
      );
      expect(colours).not.toContain("255,0,255");
      expect(colours).not.toContain("0,255,120");
    }
  });

  test("zero is neutral in a signed picture, whatever the range of its values", () => {
    const { at } = painted(
      [1, 1, 1, 3],
      [-3, 0, 1],
      signedRange({ min: -3, max: 1 }),
      colourMap("diverging"),
    );
    const [r = 0, g = 0, b = 0] = at(1, 0);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(6);
    expect(at(0, 0)[2]).toBeGreaterThan((at(0, 0)[0] ?? 0) + 50);
    expect(at(2, 0)[0]).toBeGreaterThan((at(2, 0)[2] ?? 0) + 20);
  });

  test("only the rows asked for are drawn", () => {
    const picture = pictureOf(imageLayout(1, 1, 3, 1), null);
    const pixels = new Uint8ClampedArray(12);
    paintPicture(
      picture,
      Float32Array.of(1, 1, 1),
      { range: [-1, 1], map: colourMap("grey") },
      { pixels, from: 1, to: 2 },
    );
    expect([pixels[3], pixels[7], pixels[11]]).toEqual([0, 255, 0]);
  });
});

describe("pictureOf", () => {
  test("a batch is a mosaic whose pixels are found again", () => {
    const layout = imageLayout(4, 3, 2, 3);
    const picture = pictureOf(layout, null, 1);
    const values = Float32Array.from({ length: 72 }, (_, i) => i);
    expect([picture.width, picture.height]).toEqual([7, 5]);
    expect(pixelAt(picture, 3.5, 0.5)).toBeNull();
    expect(pixelAt(picture, -1, 0)).toBeNull();
    const place = pixelAt(picture, 5.9, 4.1);
    expect(place).toEqual({ sample: 3, channel: 0, x: 1, y: 1 });
    expect(place === null ? [] : valuesAt(picture, values, place)).toEqual([58, 64, 70]);
  });

  test("one sample is shown alone, and other channel counts as grey images", () => {
    const picture = pictureOf(imageLayout(4, 2, 5, 5), 2, 1);
    expect(picture.tiles.map(({ sample, channel }) => [sample, channel])).toEqual([
      [2, 0],
      [2, 1],
    ]);
  });
});
