import { describe } from "vitest";
import { testOneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";
import { float32, int64, scalarTensor } from "../../tensor/tensor.ts";

const x = wave([2, 3, 4]);

describe("sources of shape arithmetic", () => {
  testOneNode([
    { op: "Shape", opset: 13, feeds: { x }, out: ["out:int64"] },
    {
      op: "Shape",
      opset: 15,
      note: "start and end",
      at: { start: -2, end: -1 },
      feeds: { x },
      out: ["out:int64"],
    },
    { op: "Size", opset: 13, feeds: { x }, out: ["out:int64"] },
    { op: "EyeLike", opset: 9, at: { k: 1 }, feeds: { x: wave([3, 5]) } },
    {
      op: "EyeLike",
      opset: 9,
      note: "element type",
      at: { dtype: 7 },
      feeds: { x: wave([3, 3]) },
      out: ["out:int64"],
    },
    {
      op: "Range",
      opset: 11,
      note: "floats",
      feeds: {},
      weights: { a: scalarTensor(0.5), b: scalarTensor(-2), c: scalarTensor(-0.7) },
    },
    {
      op: "Range",
      opset: 11,
      note: "empty",
      feeds: {},
      weights: { a: int64([3], []), b: int64([3], []), c: int64([1], []) },
      out: ["out:int64"],
    },
    { op: "ConstantOfShape", opset: 9, note: "zeros", feeds: {}, weights: { s: int64([2, 3]) } },
    {
      op: "ConstantOfShape",
      opset: 9,
      note: "large",
      at: { value: { tensor: float32([2.5], [1]) } },
      feeds: {},
      weights: { s: int64([90, 90]) },
    },
    { op: "ConstantOfShape", opset: 9, note: "rank 0", feeds: {}, weights: { s: int64([]) } },
    {
      op: "NonZero",
      opset: 13,
      feeds: {},
      weights: { x: float32([0, 1, 2, 0, 0, -1], [2, 3]) },
      out: ["out:int64"],
    },
  ]);
});
