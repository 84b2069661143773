import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";

const x = wave([1, 3, 7, 8]);
const pool = (op: string, opset: number, note: string, at: OneNode["at"]): OneNode => ({
  op,
  opset,
  note,
  feeds: { x },
  at: { kernel_shape: [3, 2], ...at },
});

describe("pooling", () => {
  testOneNode(
    [
      ...["AveragePool", "MaxPool"].flatMap((op) => [
        pool(op, 11, "stride", { strides: [2, 2] }),
        pool(op, 11, "pads", { pads: [1, 0, 1, 1] }),
        pool(op, 11, "ceil_mode", { strides: [2, 3], ceil_mode: 1 }),
        pool(op, 11, "SAME_UPPER", { auto_pad: "SAME_UPPER", strides: [2, 2] }),
        pool(op, 11, "SAME_LOWER", { auto_pad: "SAME_LOWER", strides: [2, 2] }),
      ]),
      pool("AveragePool", 11, "pads counted", { pads: [1, 0, 1, 1], count_include_pad: 1 }),
      pool("AveragePool", 19, "dilations", { dilations: [2, 1] }),
      pool("MaxPool", 12, "dilations", { dilations: [2, 1] }),
      pool("LpPool", 11, "p 2", { strides: [2, 2] }),
      pool("LpPool", 11, "p 3, pads", { p: 3, pads: [1, 0, 1, 1] }),
      { op: "GlobalAveragePool", opset: 11, feeds: { x } },
      { op: "GlobalMaxPool", opset: 11, feeds: { x } },
      { op: "GlobalLpPool", opset: 11, feeds: { x } },
      { op: "GlobalLpPool", opset: 11, note: "p 3", at: { p: 3 }, feeds: { x } },
      {
        op: "LRN",
        opset: 13,
        at: { size: 3, alpha: { float: 0.1 } },
        feeds: { x: wave([1, 6, 3, 3]) },
      },
    ],
    5e-6,
  );
});
