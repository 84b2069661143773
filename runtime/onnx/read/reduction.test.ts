import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";
import { int64 } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

const x = wave([2, 3, 4, 5]);
const positive = tensorOf(
  "float32",
  [2, 3, 4],
  Array.from({ length: 24 }, (_, i) => 0.1 + ((i * 7) % 24) / 8),
);
const all = [
  "ReduceSum",
  "ReduceMean",
  "ReduceMax",
  "ReduceMin",
  "ReduceProd",
  "ReduceL1",
  "ReduceL2",
  "ReduceSumSquare",
  "ReduceLogSumExp",
];

describe("reductions", () => {
  testOneNode(
    [
      ...all.map((op): OneNode => ({
        op,
        opset: 11,
        note: "axes as attribute",
        at: { axes: [1, -1] },
        feeds: { x },
      })),
      ...all.map((op): OneNode => ({
        op,
        opset: 11,
        note: "all axes",
        at: { keepdims: 0 },
        feeds: { x },
      })),
      ...all.map((op): OneNode => ({
        op,
        opset: 18,
        note: "axes as input",
        feeds: { x },
        weights: { a: int64([-1, 0]) },
        at: { keepdims: 0 },
      })),
      {
        op: "ReduceSum",
        opset: 13,
        note: "axes as input",
        feeds: { x },
        weights: { a: int64([2]) },
      },
      { op: "ReduceMean", opset: 13, note: "axes as attribute", feeds: { x }, at: { axes: [2] } },
      {
        op: "ReduceSum",
        opset: 13,
        note: "no axes, no reduction",
        feeds: { x },
        weights: { a: int64([]) },
        at: { noop_with_empty_axes: 1 },
      },
      {
        op: "ReduceSum",
        opset: 13,
        note: "no axes input, no reduction",
        feeds: { x },
        at: { noop_with_empty_axes: 1 },
      },
      {
        op: "ReduceSum",
        opset: 13,
        note: "empty axes, all reduced",
        feeds: { x },
        weights: { a: int64([]) },
      },
      { op: "ReduceLogSum", opset: 13, feeds: { x: positive }, at: { axes: [1] } },
      { op: "ReduceLogSum", opset: 18, feeds: { x: positive }, weights: { a: int64([1]) } },
      { op: "ArgMax", opset: 13, at: { axis: -1, keepdims: 0 }, feeds: { x }, out: ["out:int64"] },
      {
        op: "ArgMin",
        opset: 13,
        at: { axis: 1, select_last_index: 1 },
        feeds: { x },
        out: ["out:int64"],
      },
    ],
    1e-5,
  );
});
