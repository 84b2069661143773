import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";
import { float32, int64, type TensorData } from "../../tensor/tensor.ts";

const x = wave([1, 2, 5, 6]);
const none = float32([], [0]);
const scales = (...values: readonly number[]) => float32(values, [values.length]);

type Attributes = NonNullable<OneNode["at"]>;

const resize = (
  opset: number,
  note: string,
  weights: Readonly<Record<string, TensorData>>,
  at: Attributes = {},
): OneNode => ({ op: opset < 10 ? "Upsample" : "Resize", opset, note, feeds: { x }, weights, at });
const sized = (opset: number, note: string, sizes: readonly number[], at: Attributes): OneNode => ({
  ...resize(opset, note, { sizes: int64(sizes) }, at),
  in: ["x", "", "", "sizes"],
});
const scaled = (
  opset: number,
  note: string,
  factors: readonly number[],
  at: Attributes,
): OneNode => ({
  ...resize(opset, note, { roi: none, scales: scales(...factors) }, at),
  in: ["x", "roi", "scales"],
});

describe("Upsample and Resize before opset 11", () => {
  testOneNode([
    {
      op: "Upsample",
      opset: 7,
      note: "attribute",
      feeds: { x },
      at: { scales: { floats: [1, 1, 2, 3] } },
    },
    resize(9, "nearest", { s: scales(1, 1, 2, 2.5) }),
    resize(9, "linear", { s: scales(1, 1, 2, 2) }, { mode: "linear" }),
    resize(10, "nearest, growing", { s: scales(1, 1, 2, 1.5) }),
    resize(10, "nearest, shrinking", { s: scales(1, 1, 0.6, 0.5) }),
    resize(10, "nearest, both", { s: scales(1, 1, 2, 0.5) }),
    resize(10, "linear", { s: scales(1, 1, 1.5, 2) }, { mode: "linear" }),
    resize(10, "linear, shrinking", { s: scales(1, 1, 0.7, 0.5) }, { mode: "linear" }),
  ]);
});

describe("Resize from opset 11", () => {
  const floor = { coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" };
  testOneNode([
    scaled(11, "nearest x2 as torch writes it", [1, 1, 2, 2], {
      ...floor,
      mode: "nearest",
      cubic_coeff_a: { float: -0.75 },
    }),
    scaled(11, "tf_half_pixel_for_nn", [1, 1, 2, 1.5], {
      coordinate_transformation_mode: "tf_half_pixel_for_nn",
      nearest_mode: "floor",
    }),
    scaled(11, "linear by a broken scale", [1, 1, 1.7, 0.7], { mode: "linear" }),
    resize(
      11,
      "sizes beside empty scales",
      { r: none, s: none, sizes: int64([1, 2, 10, 9]) },
      { mode: "linear", coordinate_transformation_mode: "pytorch_half_pixel" },
    ),
    sized(13, "align_corners", [1, 2, 9, 12], {
      mode: "linear",
      coordinate_transformation_mode: "align_corners",
    }),
    sized(13, "cubic", [1, 2, 9, 12], { mode: "cubic", cubic_coeff_a: { float: -0.5 } }),
    ...["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"].map((nearest_mode) =>
      sized(13, nearest_mode, [1, 2, 8, 4], { nearest_mode }),
    ),
    scaled(18, "antialias", [1, 1, 0.5, 0.5], { mode: "linear", antialias: 1 }),
    scaled(18, "axes", [2, 1.5], { ...floor, axes: [2, 3] }),
    sized(18, "axes by sizes", [7, 9], { mode: "linear", axes: [-2, -1] }),
    sized(18, "not larger", [10, 15], {
      mode: "linear",
      axes: [2, 3],
      keep_aspect_ratio_policy: "not_larger",
    }),
    sized(18, "not smaller", [12, 9], {
      mode: "nearest",
      axes: [2, 3],
      keep_aspect_ratio_policy: "not_smaller",
    }),
    sized(19, "half_pixel_symmetric", [1, 2, 8, 9], {
      mode: "linear",
      coordinate_transformation_mode: "half_pixel_symmetric",
    }),
    scaled(13, "nothing to do", [1, 1, 1, 1], {}),
  ]);
});
