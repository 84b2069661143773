import { describe, expect, test } from "vitest";
import { compile } from "../../runtime/compile/compile.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";
import { doneOf, eventsOf, issuesOf } from "../../test/engine/kit.ts";
import { registry } from "../index.ts";

const compiledImage = (picture: TensorData, params: object) =>
  compile({
    document: {
      denoodle: 1,
      name: "t",
      inputs: {},
      graph: { image: { type: "input/image", v: 1, params: { file: "p", ...params } } },
      outputs: { x: "image.x" },
      blocks: {},
    } as unknown as Document,
    feeds: {},
    batch: picture.shape[0] ?? 1,
    registry,
    assets: { tensors: new Map([["p", picture]]), models: new Map() },
  });

async function image(picture: TensorData, params: object) {
  const { outputs } = doneOf(await eventsOf(compiledImage(picture, params)));
  const { shape, data } = outputs["x"] as TensorData;
  return { shape, values: Array.from(data as Float32Array) };
}

/** Value of row i and column j: 10 i + j, the same in all channels. */
function ramp([n = 1, channels = 1, height = 1, width = 1]: Shape): TensorData {
  const values = Array.from({ length: n * channels * height * width }, (_, i) => {
    const row = Math.floor(i / width) % height;
    return 10 * row + (i % width);
  });
  return float32(values, [n, channels, height, width]);
}

describe("input/image", () => {
  test("gives a picture as it is", async () => {
    const picture = ramp([1, 3, 2, 3]);
    expect(await image(picture, {})).toEqual({ shape: picture.shape, values: [...picture.data] });
  });

  test("crops around the centre to the multiples below", async () => {
    const { shape, values } = await image(ramp([1, 1, 5, 6]), { fit: "crop", multipleOf: 4 });
    expect(shape).toEqual([1, 1, 4, 4]);
    expect(values).toEqual([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34]);
  });

  test("pads around the centre by repeating the border", async () => {
    const { shape, values } = await image(ramp([1, 1, 2, 2]), { fit: "pad", size: [2, 5] });
    expect(shape).toEqual([1, 1, 2, 5]);
    expect(values).toEqual([0, 0, 1, 1, 1, 10, 10, 11, 11, 11]);
  });

  test("resizes to cover the size, in proportion, and takes the middle", async () => {
    const { shape, values } = await image(ramp([1, 1, 16, 32]), { fit: "resize", size: 8 });
    expect(shape).toEqual([1, 1, 8, 8]);
    const at = (row: number, column: number) => values[8 * row + column];
    // Pixel (3, 3) covers rows 6 and 7, and of 16 columns that are 32 here the middle 8: 14 and 15.
    expect(at(3, 3)).toBeCloseTo(65 + 14.5, 3);
    expect(at(3, 4)).toBeCloseTo(65 + 16.5, 3);
    expect(at(4, 3)).toBeCloseTo(85 + 14.5, 3);
  });

  test("makes luminance of colours, and repeats grey, in every sample", async () => {
    const colours = float32([1, -1, 0, 0, 0, 1], [2, 3, 1, 1]);
    const grey = await image(colours, { channels: 1 });
    expect(grey.shape).toEqual([2, 1, 1, 1]);
    expect(grey.values[0]).toBeCloseTo(0.299 - 0.587, 6);
    expect(grey.values[1]).toBeCloseTo(0.114, 6);
    const repeated = await image(float32([0.5, 0.25], [2, 1, 1, 1]), { channels: 3 });
    expect(repeated).toEqual({ shape: [2, 3, 1, 1], values: [0.5, 0.5, 0.5, 0.25, 0.25, 0.25] });
  });

  const refused: readonly (readonly [string, object, string])[] = [
    [
      "a crop that is larger than the picture",
      { fit: "crop", size: 8 },
      "cannot be cropped to 8 x 8",
    ],
    ["a pad that is smaller", { fit: "pad", size: 1 }, "cannot be padded to 1 x 1"],
    ["a crop of nothing", { fit: "crop", multipleOf: 16 }, "multiples of 16"],
  ];
  test.each(refused)("refuses %s", async (_, params, says) => {
    const [issue] = await issuesOf(() => compiledImage(ramp([1, 1, 4, 4]), params));
    expect(issue).toMatchObject({ code: "image.fit", at: { node: "image" } });
    expect(issue?.message).toContain(says);
    expect(issue?.fix).toContain("or resize");
  });

  test("refuses other numbers of channels", async () => {
    const [issue] = await issuesOf(() => compiledImage(ramp([1, 2, 4, 4]), { channels: 3 }));
    expect(issue?.code).toBe("image.channels");
  });

  test("needs to be told how, and to what", async () => {
    for (const params of [{ size: 4 }, { multipleOf: 4 }, { fit: "crop" }])
      expect((await issuesOf(() => compiledImage(ramp([1, 1, 4, 4]), params)))[0]?.code).toBe(
        "param.invalid",
      );
  });
});
