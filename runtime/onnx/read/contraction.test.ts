import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { wave } from "../../../test/support/round-trip.ts";

const x = wave([2, 4, 7, 6]);
const conv = (
  note: string,
  kernel: readonly number[],
  at: NonNullable<OneNode["at"]>,
  bias = true,
): OneNode => ({
  op: "Conv",
  opset: 11,
  note,
  feeds: { x },
  at,
  weights: { w: wave(kernel, 0.5), ...(bias ? { b: wave([kernel[0] ?? 1]) } : {}) },
});
const convTranspose = (
  note: string,
  kernel: readonly number[],
  at: NonNullable<OneNode["at"]>,
): OneNode => ({
  op: "ConvTranspose",
  opset: 11,
  note,
  feeds: { x },
  at,
  weights: { w: wave(kernel, 0.5) },
});

describe("matrix products", () => {
  const [a, b] = [wave([2, 3, 4]), wave([4, 5])];
  testOneNode([
    { op: "MatMul", opset: 9, feeds: { a, b } },
    {
      op: "Gemm",
      opset: 11,
      at: { alpha: { float: 0.5 }, transB: 1 },
      feeds: { a: wave([2, 4]), b: wave([5, 4]), c: wave([5]) },
    },
    {
      op: "Gemm",
      opset: 11,
      note: "without addend",
      at: { transA: 1 },
      feeds: { a: wave([4, 2]), b },
    },
    {
      op: "Gemm",
      opset: 9,
      note: "beta",
      at: { beta: { float: 2 } },
      feeds: { a: wave([2, 4]), b, c: wave([2, 1]) },
    },
    { op: "Einsum", opset: 12, at: { equation: "bij, jk -> bik" }, feeds: { a, b } },
    {
      op: "Einsum",
      opset: 12,
      note: "output left out",
      at: { equation: "bij,jk" },
      feeds: { a, b },
    },
    {
      op: "Einsum",
      opset: 12,
      note: "ellipsis",
      at: { equation: "...j,jk->...k" },
      feeds: { a, b },
    },
  ]);
});

describe("convolutions", () => {
  testOneNode([
    conv("no kernel_shape", [6, 4, 3, 3], { pads: [1, 1, 1, 1] }),
    conv(
      "strides, dilations, groups, no bias",
      [6, 2, 3, 2],
      { kernel_shape: [3, 2], strides: [2, 1], dilations: [1, 2], group: 2 },
      false,
    ),
    conv("asymmetric pads", [2, 4, 3, 3], { pads: [0, 1, 2, 1], strides: [2, 2] }),
    conv("SAME_UPPER", [2, 4, 4, 3], { auto_pad: "SAME_UPPER", strides: [2, 2] }),
    conv("SAME_LOWER", [2, 4, 4, 3], { auto_pad: "SAME_LOWER", strides: [2, 2] }),
    conv("VALID", [2, 4, 4, 3], { auto_pad: "VALID" }),
    {
      op: "Conv",
      opset: 13,
      note: "one axis",
      feeds: { x: wave([1, 2, 9]) },
      weights: { w: wave([3, 2, 3]) },
      at: { pads: [1, 1] },
    },
    { op: "Conv", opset: 13, note: "weights computed", feeds: { x, w: wave([2, 4, 1, 1]) } },
  ]);
});

describe("transposed convolutions", () => {
  testOneNode([
    convTranspose("plain", [4, 3, 3, 3], {}),
    convTranspose("stride and output padding", [4, 2, 4, 4], {
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      output_padding: [1, 0],
    }),
    convTranspose("groups, dilations", [4, 2, 3, 3], { group: 2, dilations: [2, 1] }),
    convTranspose("SAME_UPPER", [4, 3, 3, 4], { auto_pad: "SAME_UPPER", strides: [2, 2] }),
    convTranspose("SAME_LOWER", [4, 3, 3, 4], { auto_pad: "SAME_LOWER", strides: [2, 2] }),
    convTranspose("VALID", [4, 3, 3, 4], { auto_pad: "VALID", strides: [2, 2] }),
    convTranspose("output_shape, odd pads", [4, 3, 4, 3], {
      strides: [2, 2],
      output_shape: [13, 12],
    }),
    convTranspose("output_shape, SAME_UPPER", [4, 3, 4, 3], {
      strides: [2, 2],
      output_shape: [13, 12],
      auto_pad: "SAME_UPPER",
    }),
    convTranspose("output_shape larger than the full result", [4, 3, 3, 3], {
      strides: [2, 2],
      output_shape: [16, 13],
    }),
  ]);
});
