import { describe } from "vitest";
import { testOneNode, type OneNode } from "../../../test/support/one-node.ts";
import { counting, wave } from "../../../test/support/round-trip.ts";
import { float32, scalarTensor, type DType } from "../../tensor/tensor.ts";
import { tensorOf } from "../proto/numbers.ts";

const x = wave([2, 3, 4]);
const positive = tensorOf("float32", [2, 3], [0.1, 0.5, 1, 2, 3.5, 10]);
const small = wave([2, 3, 4], 0.99);
const booleans = (shape: readonly number[]) => counting(shape, 2, "bool");
const ints = (values: readonly number[], dtype: DType = "int64") =>
  tensorOf(dtype, [values.length], values);

const unary = (op: string, opset: number, feed = x): OneNode => ({ op, opset, feeds: { x: feed } });

describe("unary operators", () => {
  testOneNode(
    [
      ...[
        "Abs",
        "Neg",
        "Exp",
        "Erf",
        "Sigmoid",
        "Tanh",
        "Relu",
        "Softplus",
        "Softsign",
        "Sin",
        "Cos",
        "Tan",
        "Atan",
        "Sinh",
        "Cosh",
        "Floor",
        "Ceil",
        "Round",
        "Sign",
        "Identity",
        "Asinh",
      ].map((op) => unary(op, 13)),
      ...["Log", "Sqrt", "Reciprocal"].map((op) => unary(op, 13, positive)),
      ...["Asin", "Acos", "Atanh"].map((op) => unary(op, 13, small)),
      unary("Acosh", 13, tensorOf("float32", [3], [1, 1.5, 20])),
      unary("HardSwish", 14),
      unary("Mish", 18),
      { op: "Not", opset: 13, feeds: { x: booleans([5]) }, out: ["out:bool"] },
      { op: "IsNaN", opset: 13, feeds: { x: float32([NaN, 1, Infinity], [3]) }, out: ["out:bool"] },
      ...[{}, { detect_positive: 0 }, { detect_negative: 0 }].map((at): OneNode => ({
        op: "IsInf",
        opset: 10,
        at,
        feeds: { x: float32([NaN, 1, Infinity, -Infinity], [4]) },
        out: ["out:bool"],
      })),
    ],
    5e-6,
  );
});

describe("activations", () => {
  const f = (float: number) => ({ float });
  testOneNode(
    [
      unary("Elu", 11),
      unary("Celu", 12),
      unary("LeakyRelu", 11),
      unary("Selu", 11),
      unary("HardSigmoid", 11),
      unary("ThresholdedRelu", 11),
      unary("Shrink", 11),
      unary("Gelu", 20),
      { op: "Celu", opset: 12, at: { alpha: f(0.7) }, feeds: { x } },
      { op: "Elu", opset: 11, at: { alpha: f(0.7) }, feeds: { x } },
      { op: "LeakyRelu", opset: 11, at: { alpha: f(0.2) }, feeds: { x } },
      { op: "HardSigmoid", opset: 11, at: { alpha: f(0.3), beta: f(0.4) }, feeds: { x } },
      { op: "Shrink", opset: 11, at: { lambd: f(0.3), bias: f(0.1) }, feeds: { x } },
      { op: "Gelu", opset: 20, at: { approximate: "tanh" }, feeds: { x } },
      { op: "Gelu", opset: 17, domain: "com.microsoft", feeds: { x } },
      { op: "QuickGelu", opset: 17, domain: "com.microsoft", feeds: { x } },
      { op: "PRelu", opset: 11, feeds: { x, slope: wave([3, 1]) } },
    ],
    5e-6,
  );
});

describe("operators of two and more inputs", () => {
  const y = wave([3, 1], 2);
  const pair = (op: string, opset: number, out?: readonly string[]): OneNode => ({
    op,
    opset,
    feeds: { x, y },
    ...(out === undefined ? {} : { out }),
  });
  testOneNode([
    ...["Add", "Sub", "Mul", "Div", "Min", "Max", "Sum", "Mean"].map((op) => pair(op, 11)),
    ...["Equal", "Greater", "Less"].map((op) => pair(op, 11, ["out:bool"])),
    ...["GreaterOrEqual", "LessOrEqual"].map((op) => pair(op, 16, ["out:bool"])),
    ...["And", "Or", "Xor"].map((op): OneNode => ({
      op,
      opset: 11,
      feeds: { x: booleans([4]), y: ints([1, 1, 0, 0], "bool") },
      out: ["out:bool"],
    })),
    ...["Sum", "Mean", "Max", "Min"].map((op): OneNode => ({
      op,
      opset: 13,
      note: "three inputs",
      feeds: { x, y, z: wave([4], 1.1) },
    })),
    { op: "Sum", opset: 13, note: "one input", feeds: { x } },
    { op: "Pow", opset: 13, feeds: { x: positive, y: scalarTensor(1.7) } },
    {
      op: "Pow",
      opset: 13,
      note: "integer exponent",
      feeds: { x: positive, y: ints([2], "int32") },
    },
    {
      op: "Pow",
      opset: 13,
      note: "integer base, float exponent",
      feeds: { x: ints([1, 2, 9]), y: scalarTensor(0.5) },
      out: ["out:int64"],
    },
    {
      op: "Mod",
      opset: 13,
      feeds: { x: ints([-7, 7, 5]), y: ints([3, -3, 5]) },
      out: ["out:int64"],
    },
    { op: "Mod", opset: 13, note: "fmod", at: { fmod: 1 }, feeds: { x, y } },
    { op: "Where", opset: 9, feeds: { c: booleans([3, 4]), x, y } },
    { op: "Cast", opset: 9, at: { to: 7 }, feeds: { x }, out: ["out:int64"] },
    {
      op: "Cast",
      opset: 9,
      note: "to bool",
      at: { to: 9 },
      feeds: { x: float32([0, 0.5, -1], [3]) },
      out: ["out:bool"],
    },
    { op: "CastLike", opset: 15, feeds: { x, y: ints([1], "int32") }, out: ["out:int32"] },
    {
      op: "Clip",
      opset: 7,
      note: "attributes",
      at: { min: { float: -0.5 }, max: { float: 0.25 } },
      feeds: { x },
    },
    {
      op: "Clip",
      opset: 13,
      note: "maximum only",
      feeds: { x, high: scalarTensor(0.5) },
      in: ["x", "", "high"],
    },
    { op: "Clip", opset: 13, note: "no bounds", feeds: { x } },
  ]);
});
