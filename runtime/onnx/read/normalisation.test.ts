import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { counting, wave } from "../../../test/support/round-trip.ts";
import { float32, scalarTensor } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

const x = wave([2, 4, 3, 5]);
const vector = (size: number, limit = 1) => wave([size], limit);
const variance = float32([0.5, 1, 2, 3], [4]);

describe("softmax and its kin", () => {
  testOneNode(
    ["Softmax", "LogSoftmax", "Hardmax"].flatMap((op): readonly OneNode[] => [
      { op, opset: 11, note: "flattens from axis 1", feeds: { x } },
      { op, opset: 11, note: "axis 2", at: { axis: 2 }, feeds: { x } },
      { op, opset: 11, note: "last axis", at: { axis: 3 }, feeds: { x } },
      { op, opset: 13, note: "one axis", at: { axis: 1 }, feeds: { x } },
      { op, opset: 13, note: "last axis by default", feeds: { x } },
    ]),
  );
});

describe("normalisations", () => {
  const epsilon = { float: 0.01 };
  testOneNode(
    [
      {
        op: "InstanceNormalization",
        opset: 11,
        at: { epsilon },
        feeds: { x },
        weights: { s: vector(4), b: vector(4, 0.3) },
      },
      {
        op: "GroupNormalization",
        opset: 18,
        note: "one number a group",
        at: { num_groups: 2, epsilon },
        feeds: { x },
        weights: { s: vector(2), b: vector(2, 0.3) },
      },
      {
        op: "GroupNormalization",
        opset: 21,
        note: "one number a channel",
        at: { num_groups: 2, epsilon },
        feeds: { x },
        weights: { s: vector(4), b: vector(4, 0.3) },
      },
      {
        op: "LayerNormalization",
        opset: 17,
        feeds: { x },
        weights: { s: vector(5), b: vector(5, 0.3) },
      },
      {
        op: "LayerNormalization",
        opset: 17,
        note: "two axes, no bias",
        at: { axis: -2, epsilon },
        feeds: { x },
        weights: { s: wave([3, 5]) },
      },
      {
        op: "LayerNormalization",
        opset: 17,
        note: "all outputs",
        at: { axis: 2 },
        feeds: { x },
        weights: { s: wave([3, 5]) },
        out: ["out", "mean", "inverse"],
      },
      {
        op: "RMSNormalization",
        opset: 23,
        at: { epsilon },
        feeds: { x },
        weights: { s: vector(5) },
      },
      { op: "SimplifiedLayerNormalization", opset: 17, feeds: { x }, weights: { s: vector(5) } },
      {
        op: "BatchNormalization",
        opset: 9,
        at: { epsilon },
        feeds: { x },
        weights: { s: vector(4), b: vector(4, 0.3), m: vector(4, 0.2), v: variance },
      },
      {
        op: "BatchNormalization",
        opset: 15,
        feeds: { x },
        weights: { s: vector(4), b: vector(4, 0.3), m: vector(4, 0.2), v: variance },
      },
      { op: "LpNormalization", opset: 11, feeds: { x } },
      { op: "LpNormalization", opset: 11, note: "p 1", at: { p: 1, axis: 1 }, feeds: { x } },
      { op: "MeanVarianceNormalization", opset: 13, feeds: { x } },
      { op: "Dropout", opset: 10, at: { ratio: { float: 0.3 } }, feeds: { x } },
      {
        op: "Dropout",
        opset: 13,
        note: "mask",
        feeds: { x },
        weights: { r: scalarTensor(0.5), t: tensorOf("bool", [], [0]) },
        out: ["out", "mask:bool"],
      },
    ],
    1e-5,
  );
});

describe("attention", () => {
  const [q, k, v] = [wave([2, 4, 5, 3]), wave([2, 2, 6, 3], 1.1), wave([2, 2, 6, 7])];
  const flat = { q: wave([2, 5, 12]), k: wave([2, 6, 6], 1.1), v: wave([2, 6, 6]) };
  testOneNode(
    [
      { op: "Attention", opset: 23, note: "grouped heads", feeds: { q, k, v } },
      {
        op: "Attention",
        opset: 23,
        note: "causal, scale",
        at: { is_causal: 1, scale: { float: 0.3 } },
        feeds: { q, k, v },
      },
      {
        op: "Attention",
        opset: 23,
        note: "rank 3",
        at: { q_num_heads: 4, kv_num_heads: 2 },
        feeds: flat,
      },
      { op: "Attention", opset: 23, note: "added mask", feeds: { q, k, v, m: wave([5, 6]) } },
      {
        op: "Attention",
        opset: 23,
        note: "boolean mask",
        feeds: { q, k, v, m: counting([5, 6], 2, "bool") },
      },
      {
        op: "Attention",
        opset: 23,
        note: "softcap",
        at: { softcap: { float: 0.7 } },
        feeds: { q, k, v, m: wave([5, 6]) },
      },
    ],
    5e-6,
  );
});
