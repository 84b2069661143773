import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { counting, wave } from "../../../test/support/round-trip.ts";
import { float32, int64, scalarTensor } from "../../tensor/tensor.ts";

const line = wave([5]);
const plane = wave([5, 4]);
const volume = wave([1, 2, 4, 5, 3]);
const signal = wave([2, 4, 9]);
const channels = { s: wave([4]), b: wave([4], 0.3) };

describe("unusual ranks", () => {
  testOneNode(
    [
      { op: "MatMul", opset: 13, note: "vector, matrix", feeds: { a: line, b: plane } },
      { op: "MatMul", opset: 13, note: "matrix, vector", feeds: { a: wave([4, 5]), b: line } },
      { op: "MatMul", opset: 13, note: "two vectors", feeds: { a: line, b: line } },
      {
        op: "MatMul",
        opset: 13,
        note: "broadcast batches",
        feeds: { a: wave([3, 1, 2, 5]), b: wave([2, 5, 4]) },
      },
      {
        op: "Einsum",
        opset: 12,
        note: "three operands",
        at: { equation: "i,ij,j->" },
        feeds: { a: line, b: plane, c: wave([4]) },
      },
      {
        op: "Conv",
        opset: 11,
        note: "volume",
        feeds: { x: volume },
        weights: { w: wave([3, 2, 2, 3, 1]) },
      },
      {
        op: "ConvTranspose",
        opset: 11,
        note: "line",
        feeds: { x: signal },
        weights: { w: wave([4, 3, 4]) },
        at: { strides: [2], pads: [1, 1] },
      },
      {
        op: "MaxPool",
        opset: 11,
        note: "volume",
        feeds: { x: volume },
        at: { kernel_shape: [2, 2, 2] },
      },
      {
        op: "AveragePool",
        opset: 11,
        note: "line",
        feeds: { x: signal },
        at: { kernel_shape: [3], strides: [2] },
      },
      {
        op: "Resize",
        opset: 13,
        note: "line",
        feeds: { x: signal },
        weights: { r: float32([], [0]), s: float32([1, 1, 2], [3]) },
        at: { mode: "linear" },
      },
      {
        op: "Resize",
        opset: 13,
        note: "volume",
        feeds: { x: volume },
        weights: { r: float32([], [0]), s: float32([1, 1, 2, 2, 2], [5]) },
        at: { mode: "nearest" },
      },
      {
        op: "InstanceNormalization",
        opset: 11,
        note: "line",
        feeds: { x: signal },
        weights: channels,
      },
      {
        op: "BatchNormalization",
        opset: 15,
        note: "plane",
        feeds: { x: wave([3, 4]) },
        weights: { ...channels, m: wave([4]), v: float32([1, 2, 3, 4], [4]) },
      },
      {
        op: "GroupNormalization",
        opset: 21,
        note: "line",
        at: { num_groups: 2 },
        feeds: { x: signal },
        weights: channels,
      },
      { op: "Softmax", opset: 11, note: "axis 0 of a line", at: { axis: 0 }, feeds: { x: line } },
      { op: "Transpose", opset: 13, note: "rank 0", feeds: { x: scalarTensor(2) } },
      { op: "Flatten", opset: 13, note: "rank 0", at: { axis: 0 }, feeds: { x: scalarTensor(2) } },
      { op: "ReduceSum", opset: 13, note: "rank 0", feeds: { x: scalarTensor(2) } },
      {
        op: "Unsqueeze",
        opset: 13,
        note: "rank 0",
        feeds: { x: scalarTensor(2) },
        weights: { a: int64([0, 1]) },
      },
      { op: "Squeeze", opset: 13, note: "to rank 0", feeds: { x: wave([1, 1]) } },
      {
        op: "Concat",
        opset: 13,
        note: "with an empty part",
        at: { axis: 0 },
        feeds: { a: wave([0, 4]), b: plane },
      },
    ],
    5e-6,
  );
});

describe("other element types", () => {
  const ints = counting([2, 5], 7);
  const whole = (op: string, more: Partial<OneNode> = {}): OneNode => ({
    op,
    opset: 13,
    note: "int64",
    feeds: { a: ints, b: counting([5], 3) },
    out: ["out:int64"],
    ...more,
  });
  testOneNode([
    ...["Add", "Sub", "Mul", "Min", "Max"].map((op) => whole(op)),
    whole("Div", { feeds: { a: int64([-7, 7, 8], [3]), b: int64([2, -2, 3], [3]) } }),
    whole("ReduceSum", { feeds: { a: ints } }),
    whole("Concat", { at: { axis: 0 }, feeds: { a: ints, b: ints } }),
    whole("Where", { feeds: { c: counting([5], 2, "bool"), a: ints, b: ints } }),
    whole("Clip", { feeds: { a: ints }, weights: { low: int64([2], []) } }),
    {
      op: "Add",
      opset: 13,
      note: "float16",
      feeds: { a: wave([7], 3, "float16"), b: wave([7], 2, "float16") },
      out: ["out:float16"],
    },
    {
      op: "MatMul",
      opset: 13,
      note: "float64",
      feeds: { a: wave([2, 3], 1, "float64"), b: wave([3, 2], 1, "float64") },
      out: ["out:float64"],
    },
    {
      op: "Cast",
      opset: 13,
      note: "bool to float",
      at: { to: 1 },
      feeds: { a: counting([5], 2, "bool") },
    },
    {
      op: "Equal",
      opset: 13,
      note: "int64",
      feeds: { a: ints, b: counting([5], 3) },
      out: ["out:bool"],
    },
    {
      op: "Gather",
      opset: 13,
      note: "int32 indices",
      feeds: { a: plane, i: counting([2], 5, "int32") },
    },
  ]);
});
