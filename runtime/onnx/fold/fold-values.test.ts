import { describe, expect, test } from "vitest";
import { load } from "../../../test/support/import-issues.ts";
import {
  buildModel,
  type TestAttribute,
  type TestModel,
} from "../../../test/support/build-model.ts";
import { roundTripDifference } from "../../../test/support/round-trip.ts";
import { float32, int64, type TensorData } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

const ints = int64([-7, 5, 0, 12, -1, 3], [2, 3]);
const others = int64([2, -3, 4], [3]);
const floats = float32([-2.5, 0.5, 1.5, 2.4999, -0.4, 7], [2, 3]);
const bools = tensorOf("bool", [2, 3], [1, 0, 1, 1, 0, 0]);
const flags = tensorOf("bool", [3], [1, 1, 0]);

type Case = readonly [
  op: string,
  inputs: readonly TensorData[],
  output: string,
  at?: Readonly<Record<string, TestAttribute>>,
];

const cases: readonly Case[] = [
  ...["Neg", "Abs", "Sign"].map((op): Case => [op, [ints], "int64"]),
  ...["Neg", "Floor", "Ceil", "Round", "Sign", "Abs"].map((op): Case => [op, [floats], "float32"]),
  ...["Add", "Sub", "Mul", "Div", "Min", "Max", "Mod"].map((op): Case => [
    op,
    [ints, others],
    "int64",
  ]),
  ["Mod", [ints, others], "int64", { fmod: 1 }],
  ["Div", [floats, float32([3], [1])], "float32"],
  ["Pow", [others, int64([2], [])], "int64"],
  ["Sqrt", [float32([2, 3], [2])], "float32"],
  ...["Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual"].map((op): Case => [
    op,
    [ints, others],
    "bool",
  ]),
  ...["And", "Or", "Xor"].map((op): Case => [op, [bools, flags], "bool"]),
  ["Not", [bools], "bool"],
  ["Where", [flags, ints, others], "int64"],
  ["Cast", [floats], "int64", { to: 7 }],
  ["Cast", [floats], "int32", { to: 6 }],
  ["Cast", [floats], "bool", { to: 9 }],
  ["Cast", [floats], "float16", { to: 10 }],
  ["Cast", [bools], "float32", { to: 1 }],
  ["Clip", [ints, int64([-2], []), int64([4], [])], "int64"],
  ["Transpose", [ints], "int64"],
  ["Expand", [others, int64([2, 1], [2])], "int64"],
  ["Tile", [ints, int64([2, 2])], "int64"],
  [
    "Concat",
    [ints, others, ints].map((x): TensorData => ({ ...x, shape: x === others ? [1, 3] : [2, 3] })),
    "int64",
    { axis: 0 },
  ],
  ["Slice", [ints, int64([-1, 2]), int64([-9, -9]), int64([0, 1]), int64([-1, -2])], "int64"],
  ["Gather", [ints, int64([-1, 0])], "int64", { axis: 1 }],
  ["Gather", [ints, int64([1], [])], "int64"],
  ["ScatterND", [ints, int64([1], [1, 1]), int64([8, 9, 10], [1, 3])], "int64"],
  ["ReduceProd", [ints], "int64", { axes: [1], keepdims: 0 }],
  ["ReduceMax", [ints], "int64", { axes: [0] }],
  ["ReduceMin", [floats], "float32", { keepdims: 0 }],
  ["ReduceSum", [ints, int64([0])], "int64"],
  ["CumSum", [others, int64([0], [])], "int64", { exclusive: 1, reverse: 1 }],
  ["Range", [int64([7], []), int64([0], []), int64([-3], [])], "int64"],
];

describe("known tensors", () => {
  for (const [index, [op, inputs, output, at = {}]] of cases.entries())
    test(`${op} of case ${index} is what onnxruntime computes, with no equation left`, async () => {
      const model: TestModel = {
        opset: 17,
        weights: Object.fromEntries(inputs.map((tensor, i) => [`w${i}`, tensor])),
        nodes: [{ op, in: inputs.map((_, i) => `w${i}`), out: ["y"], at }],
        outputs: [`y:${output}`],
      };
      expect(load(model).program.equations).toEqual([]);
      const { largest, detail } = await roundTripDifference(buildModel(model), {});
      expect(largest, detail).toBe(0);
    });
});
