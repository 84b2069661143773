import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { counting, wave } from "../../../test/support/round-trip.ts";
import { float32, int64, scalarTensor, type TensorData } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

const x = wave([2, 3, 4]);
const image = wave([1, 2, 4, 6]);
const most = tensorOf("int64", [1], [2 ** 63]);
const least = tensorOf("int64", [1], [-(2 ** 63)]);

/** Constant inputs follow x: i0, i1, … */
function withInts(
  ...[op, opset, note, ints, more = {}]: readonly [
    string,
    number,
    string,
    readonly TensorData[],
    Partial<OneNode>?,
  ]
): OneNode {
  const weights = Object.fromEntries(ints.map((data, i) => [`i${i}`, data]));
  return { op, opset, note, feeds: { x }, weights, ...more };
}

describe("shapes", () => {
  testOneNode([
    withInts("Reshape", 13, "copied and open axes", [int64([0, -1, 2])]),
    withInts("Reshape", 14, "allowzero", [int64([0, 3])], {
      feeds: { x: float32([], [0, 5]) },
      at: { allowzero: 1 },
    }),
    {
      op: "Squeeze",
      opset: 11,
      note: "attribute",
      at: { axes: [0, -1] },
      feeds: { x: wave([1, 3, 1]) },
    },
    { op: "Squeeze", opset: 11, note: "all", feeds: { x: wave([1, 3, 1]) } },
    withInts("Squeeze", 13, "input", [int64([-1])], { feeds: { x: wave([1, 3, 1]) } }),
    { op: "Unsqueeze", opset: 11, note: "attribute", at: { axes: [0, -1] }, feeds: { x } },
    withInts("Unsqueeze", 13, "input", [int64([-1, 1])]),
    { op: "Flatten", opset: 11, feeds: { x } },
    { op: "Flatten", opset: 13, note: "axis -1", at: { axis: -1 }, feeds: { x } },
    { op: "Flatten", opset: 13, note: "axis 0", at: { axis: 0 }, feeds: { x } },
    { op: "Flatten", opset: 13, note: "axis 3", at: { axis: 3 }, feeds: { x } },
    { op: "Transpose", opset: 13, note: "reversed", feeds: { x } },
    { op: "Transpose", opset: 13, at: { perm: [1, 0, 2] }, feeds: { x } },
    withInts("Expand", 13, "both ways", [int64([3, 1])], { feeds: { x: wave([2, 1, 4]) } }),
    {
      op: "DepthToSpace",
      opset: 11,
      note: "DCR",
      at: { blocksize: 2 },
      feeds: { x: wave([1, 8, 2, 3]) },
    },
    {
      op: "DepthToSpace",
      opset: 11,
      note: "CRD",
      at: { blocksize: 2, mode: "CRD" },
      feeds: { x: wave([1, 8, 2, 3]) },
    },
    { op: "SpaceToDepth", opset: 13, at: { blocksize: 2 }, feeds: { x: image } },
    withInts("Tile", 13, "", [int64([1, 2, 3])]),
    { op: "Trilu", opset: 14, feeds: { x } },
    withInts("Trilu", 14, "lower, k", [int64([-1], [])], { at: { upper: 0 } }),
    { op: "Trilu", opset: 14, note: "lower", at: { upper: 0 }, feeds: { x } },
  ]);
});

describe("cutting and joining", () => {
  testOneNode([
    {
      op: "Slice",
      opset: 9,
      note: "attributes",
      at: { starts: [1, -3], ends: [100, -1], axes: [1, 2] },
      feeds: { x },
    },
    {
      op: "Slice",
      opset: 9,
      note: "attributes without axes",
      at: { starts: [0, 1], ends: [1, 2] },
      feeds: { x },
    },
    withInts("Slice", 11, "to the end, every second", [int64([1]), most, int64([-1]), int64([2])]),
    withInts("Slice", 13, "backwards from the end", [most, least, int64([2]), int64([-1])]),
    withInts("Slice", 13, "backwards by two", [int64([-1]), int64([-4]), int64([2]), int64([-2])]),
    withInts("Slice", 13, "backwards to the second", [
      int64([3]),
      int64([0]),
      int64([2]),
      int64([-1]),
    ]),
    withInts("Slice", 13, "int32", [tensorOf("int32", [1], [1]), tensorOf("int32", [1], [3])]),
    withInts("Slice", 13, "empty", [int64([3]), int64([1]), int64([2])]),
    withInts("Slice", 13, "nothing cut", [int64([0]), most]),
    {
      op: "Split",
      opset: 11,
      note: "attribute",
      at: { axis: 2, split: [1, 3] },
      feeds: { x },
      out: ["a", "b"],
    },
    { op: "Split", opset: 11, note: "equal", at: { axis: -1 }, feeds: { x }, out: ["a", "b"] },
    withInts("Split", 13, "input", [int64([2, 1])], { at: { axis: 1 }, out: ["a", "b"] }),
    {
      op: "Split",
      opset: 18,
      note: "num_outputs",
      at: { axis: 2, num_outputs: 3 },
      feeds: { x: wave([2, 3, 5]) },
      out: ["a", "b", "c"],
    },
    { op: "Concat", opset: 11, at: { axis: -2 }, feeds: { x, y: wave([2, 1, 4]) } },
    { op: "Concat", opset: 11, note: "of one", at: { axis: 0 }, feeds: { x } },
  ]);
});

describe("padding", () => {
  testOneNode([
    {
      op: "Pad",
      opset: 10,
      note: "attributes",
      at: { pads: [0, 0, 1, 2, 0, 0, 3, 4], value: { float: 0.5 } },
      feeds: { x: image },
    },
    {
      op: "Pad",
      opset: 10,
      note: "reflect attribute",
      at: { mode: "reflect", pads: [0, 0, 1, 2, 0, 0, 3, 4] },
      feeds: { x: image },
    },
    withInts("Pad", 11, "value", [int64([0, 1, 0, 0, 0, 2]), scalarTensor(2.5)]),
    withInts("Pad", 13, "edge", [int64([0, 1, 0, 0, 0, 2])], { at: { mode: "edge" } }),
    withInts("Pad", 18, "axes", [int64([1, 2]), int64([-1])], { in: ["x", "i0", "", "i1"] }),
    withInts("Pad", 19, "wrap", [int64([0, 1, 0, 0, 0, 2])], { at: { mode: "wrap" } }),
    withInts("Pad", 13, "cropping", [int64([0, -1, 0, 0, 0, 2])]),
    withInts("Pad", 13, "nothing", [int64([0, 0, 0, 0, 0, 0])]),
  ]);
});

describe("indexing", () => {
  const indices = int64([2, 0, -1]);
  const updates = wave([1, 3, 4]);
  testOneNode([
    { op: "Gather", opset: 11, at: { axis: 1 }, feeds: { x, i: indices } },
    withInts("Gather", 11, "a scalar index", [int64([-2], [])], { at: { axis: -1 } }),
    { op: "GatherElements", opset: 13, at: { axis: 2 }, feeds: { x, i: counting([2, 3, 2], 4) } },
    { op: "GatherND", opset: 13, feeds: { x, i: int64([0, 1, 1, 2], [2, 2]) } },
    {
      op: "GatherND",
      opset: 13,
      note: "batches",
      at: { batch_dims: 1 },
      feeds: { x, i: int64([0, 2], [2, 1]) },
    },
    {
      op: "Scatter",
      opset: 9,
      at: { axis: 0 },
      feeds: { x, i: counting([1, 3, 4], 2), u: updates },
    },
    {
      op: "ScatterElements",
      opset: 16,
      at: { axis: 0, reduction: "add" },
      feeds: { x, i: counting([1, 3, 4], 2), u: updates },
    },
    { op: "ScatterND", opset: 11, feeds: { x, i: int64([1], [1, 1]), u: updates } },
    {
      op: "ScatterND",
      opset: 16,
      at: { reduction: "add" },
      feeds: { x, i: int64([1], [1, 1]), u: updates },
    },
    withInts("OneHot", 11, "", [int64([4], []), float32([-1, 2], [2])], {
      feeds: { x: int64([0, -1, 3, 2], [2, 2]) },
    }),
    withInts("OneHot", 11, "axis 0", [int64([3], []), float32([0, 1], [2])], {
      feeds: { x: counting([4], 3) },
      at: { axis: 0 },
    }),
    withInts("Compress", 11, "", [tensorOf("bool", [3], [1, 0, 1])], { at: { axis: 1 } }),
    withInts("Compress", 11, "of all", [tensorOf("bool", [3], [1, 0, 1])]),
    { op: "TopK", opset: 9, note: "attribute", at: { k: 2 }, feeds: { x }, out: ["v", "i:int64"] },
    withInts("TopK", 11, "smallest", [int64([2])], {
      at: { axis: 1, largest: 0 },
      out: ["v", "i:int64"],
    }),
    withInts("CumSum", 11, "", [int64([-1], [])]),
    withInts("CumSum", 14, "exclusive, reverse", [int64([1], [])], {
      at: { exclusive: 1, reverse: 1 },
    }),
  ]);
});
