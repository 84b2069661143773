import { expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { measuredPicture } from "./compared.ts";
import { restoredPicture, rgbaOf } from "./restored-picture.ts";

test("the restored picture is the first sample, clamped and rounded", () => {
  const picture = restoredPicture(float32([-1, 2, 0, 0.5, 9, 9, 9, 9], [2, 1, 2, 2]));
  expect(picture).toMatchObject({ channels: 1, height: 2, width: 2 });
  if (picture === null) return;
  const grey = (value: number) => [value, value, value, 255];
  expect([...rgbaOf(picture)]).toEqual([0, 255, 128, 191].flatMap(grey));
});

test("colours keep their channels", () => {
  const picture = restoredPicture(float32([1, -1, 0], [1, 3, 1, 1]));
  expect(picture && [...rgbaOf(picture)]).toEqual([255, 0, 128, 255]);
});

test.each([
  [
    [1, 2, 1, 1],
    [0, 0],
  ],
  [
    [1, 3],
    [0, 0, 0],
  ],
  [[1, 1, 1, 1], [Number.NaN]],
])("what has the shape %j and holds %j is no picture", (shape, values) => {
  expect(restoredPicture(float32(values, shape))).toBeNull();
});

test("a document restores a picture where its measurement is a picture's file", () => {
  const document = (asset: string, outputs: Record<string, string>): Document => ({
    denoodle: 1,
    name: "",
    inputs: { measurement: { kind: "measurement", default: { asset } } },
    graph: {},
    outputs,
    blocks: {},
  });
  expect(measuredPicture(document("cat.png", { x0: "a.x" }))).toEqual({ asset: "cat.png" });
  expect(measuredPicture(document("cat.npy", { x0: "a.x" }))).toBeNull();
  expect(measuredPicture(document("cat.png", { x: "a.x" }))).toBeNull();
});
