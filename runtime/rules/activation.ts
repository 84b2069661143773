import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import type { DType } from "../tensor/tensor.ts";
import { demand, firstType, isFloat, stops, unary, type Family } from "./family.ts";
import {
  add,
  addNumber,
  affine,
  cast,
  div,
  exp,
  greater,
  less,
  mul,
  neg,
  number,
  scale,
  square,
  sub,
  sumTo,
  where,
  zeros,
} from "./write.ts";

type Name =
  | "Abs"
  | "Neg"
  | "Exp"
  | "Log"
  | "Sqrt"
  | "Reciprocal"
  | "Erf"
  | "Sigmoid"
  | "Tanh"
  | "Relu"
  | "Softplus"
  | "Softsign"
  | "Sin"
  | "Cos"
  | "Tan"
  | "Atan"
  | "Sinh"
  | "Cosh"
  | "Floor"
  | "Ceil"
  | "Round"
  | "Sign"
  | "Not"
  | "IsNaN"
  | "HardSwish"
  | "Mish"
  | "Identity"
  | "Elu"
  | "LeakyRelu"
  | "Selu"
  | "HardSigmoid"
  | "Gelu"
  | "Cast"
  | "Clip"
  | "PRelu";

const op = <
  N extends "Sigmoid" | "Tanh" | "Sin" | "Cos" | "Sinh" | "Cosh" | "Softplus" | "Erf" | "Abs",
>(
  emit: Emit,
  name: N,
  x: Value,
) => emit.op<"Sigmoid">(name as "Sigmoid", [x], {});

/** `a` where x > 0, `b` elsewhere. */
const whenPositive = (emit: Emit, x: Value, a: Value, b: Value) =>
  where(emit, greater(emit, x, number(emit, x, 0)), a, b);

/** 1 - a² */
const oneMinusSquare = (emit: Emit, a: Value) => sub(emit, number(emit, a, 1), square(emit, a));

/** -1, 0 or 1, from comparisons: the Sign operator leaves the device on webgpu. */
export function signOf(emit: Emit, x: Value): Value {
  const zero = number(emit, x, 0);
  return sub(
    emit,
    cast(emit, greater(emit, x, zero), x.dtype),
    cast(emit, less(emit, x, zero), x.dtype),
  );
}

const constantRow = <N extends "Floor" | "Ceil" | "Round" | "Sign">(name: N) => ({
  ...unary(name, (_, { g }) => g),
  vjp: stops.constant,
});

/** ONNX's TensorProto.DataType. */
const onnxType: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** Rows of one input, elementwise. */
export const activation: Family<Name> = {
  Abs: unary("Abs", (e, { g, x }) => mul(e, g, signOf(e, x))),
  Neg: unary("Neg", (e, { g }) => neg(e, g)),
  Exp: unary("Exp", (e, { g, y }) => mul(e, g, y)),
  Log: unary("Log", (e, { g, x }) => div(e, g, x)),
  // Taken as 0 at 0, so that the gradient of a norm written with Sqrt is 0 at 0.
  Sqrt: unary("Sqrt", (e, { g, y }) =>
    whenPositive(e, y, div(e, scale(e, g, 0.5), y), number(e, y, 0)),
  ),
  Reciprocal: unary("Reciprocal", (e, { g, y }) => mul(e, neg(e, g), square(e, y))),
  Erf: unary("Erf", (e, { g, x }) =>
    mul(e, g, scale(e, gaussian(e, x, 1), 2 / Math.sqrt(Math.PI))),
  ),
  Sigmoid: unary("Sigmoid", (e, { g, y }) => mul(e, g, sub(e, y, square(e, y)))),
  Tanh: unary("Tanh", (e, { g, y }) => mul(e, g, oneMinusSquare(e, y))),
  Relu: unary("Relu", (e, { g, y }) => whenPositive(e, y, g, number(e, g, 0))),
  Softplus: unary("Softplus", (e, { g, x }) => mul(e, g, op(e, "Sigmoid", x))),
  Softsign: unary("Softsign", (e, { g, x }) =>
    div(e, g, square(e, addNumber(e, op(e, "Abs", x), 1))),
  ),
  Sin: unary("Sin", (e, { g, x }) => mul(e, g, op(e, "Cos", x))),
  Cos: unary("Cos", (e, { g, x }) => mul(e, neg(e, g), op(e, "Sin", x))),
  Tan: unary("Tan", (e, { g, y }) => mul(e, g, addNumber(e, square(e, y), 1))),
  Atan: unary("Atan", (e, { g, x }) => div(e, g, addNumber(e, square(e, x), 1))),
  Sinh: unary("Sinh", (e, { g, x }) => mul(e, g, op(e, "Cosh", x))),
  Cosh: unary("Cosh", (e, { g, x }) => mul(e, g, op(e, "Sinh", x))),
  Floor: constantRow("Floor"),
  Ceil: constantRow("Ceil"),
  Round: constantRow("Round"),
  Sign: constantRow("Sign"),
  Not: { ...unary("Not", (_, { g }) => g), vjp: stops.integer },
  IsNaN: {
    infer: (inputs) => [{ dtype: "bool", shape: firstType("IsNaN", inputs).shape }],
    vjp: stops.integer,
  },
  // x · clip(x/6 + 1/2, 0, 1)
  HardSwish: unary("HardSwish", (e, { g, x }) => {
    const inside = where(
      e,
      greater(e, x, number(e, x, -3)),
      affine(e, x, 1 / 3, 0.5),
      number(e, x, 0),
    );
    return mul(e, g, where(e, less(e, x, number(e, x, 3)), inside, number(e, x, 1)));
  }),
  // y = x · t, t = tanh(softplus(x))
  Mish: unary("Mish", (e, { g, x }) => {
    const t = op(e, "Tanh", op(e, "Softplus", x));
    return mul(e, g, add(e, t, mul(e, mul(e, x, op(e, "Sigmoid", x)), oneMinusSquare(e, t))));
  }),
  Identity: unary("Identity", (_, { g }) => g),
  Elu: unary(
    "Elu",
    (e, { g, x, y, params: { alpha } }) => {
      // For alpha = 1 both branches are min(y, 0) + 1.
      if (alpha === 1) return mul(e, g, addNumber(e, e.op("Min", [y, number(e, y, 0)], {}), 1));
      return mul(e, g, whenPositive(e, x, number(e, x, 1), addNumber(e, y, alpha)));
    },
    ({ alpha }) => ({ attributes: { alpha: { float: alpha } } }),
  ),
  LeakyRelu: unary(
    "LeakyRelu",
    (e, { g, x, params: { alpha } }) => whenPositive(e, x, g, scale(e, g, alpha)),
    ({ alpha }) => ({ attributes: { alpha: { float: alpha } } }),
  ),
  Selu: unary(
    "Selu",
    (e, { g, x, y, params: { alpha, gamma } }) =>
      mul(e, g, whenPositive(e, x, number(e, x, gamma), addNumber(e, y, alpha * gamma))),
    ({ alpha, gamma }) => ({ attributes: { alpha: { float: alpha }, gamma: { float: gamma } } }),
  ),
  HardSigmoid: unary(
    "HardSigmoid",
    (e, { g, y, params: { alpha } }) => {
      const inner = e.op("And", [greater(e, y, number(e, y, 0)), less(e, y, number(e, y, 1))], {});
      return where(e, inner, scale(e, g, alpha), number(e, g, 0));
    },
    ({ alpha, beta }) => ({ attributes: { alpha: { float: alpha }, beta: { float: beta } } }),
  ),
  Gelu: unary(
    "Gelu",
    (e, { g, x, params }) =>
      mul(e, g, params.approximate === "tanh" ? geluTanhSlope(e, x) : geluSlope(e, x)),
    ({ approximate }) => ({ attributes: { approximate } }),
  ),
  Cast: {
    infer: (inputs, { to }) => [{ dtype: to, shape: inputs[0].shape }],
    vjp: (emit, { inputs: [x], cotangents: [g] }) => [
      g && isFloat(x) && isFloat(g) ? cast(emit, g, x.dtype) : null,
    ],
    onnx: ({ to }) => ({ attributes: { to: onnxType[to] } }),
  },
  Clip: {
    infer: (inputs) => {
      for (const bound of inputs.slice(1))
        if (bound)
          demand(
            bound.shape.length === 0 && bound.dtype === inputs[0].dtype,
            "Clip",
            `a bound must be a rank-0 ${inputs[0].dtype}, got ${bound.dtype} of rank ${bound.shape.length}`,
          );
      return [firstType("Clip", inputs)];
    },
    // The bounds belong to the inside, as in PyTorch.
    vjp: (e, { inputs: [x, low, high], cotangents: [g], wanted }) => {
      if (!g) return [null, null, null];
      const zero = number(e, g, 0);
      const below = low && less(e, x, low);
      const above = high && greater(e, x, high);
      const through = [below, above].reduce<Value>(
        (v, outside) => (outside ? where(e, outside, zero, v) : v),
        g,
      );
      const toBound = (outside: Value | null) =>
        outside && sumTo(e, where(e, outside, g, zero), []);
      return [
        wanted[0] ? through : null,
        wanted[1] ? toBound(below) : null,
        wanted[2] ? toBound(above) : null,
      ];
    },
  },
  PRelu: {
    infer: (inputs) => [firstType("PRelu", inputs)],
    vjp: (e, { inputs: [x, slope], cotangents: [g], wanted }) =>
      g
        ? [
            wanted[0] ? whenPositive(e, x, g, mul(e, g, slope)) : null,
            wanted[1]
              ? sumTo(e, whenPositive(e, x, zeros(e, g, []), mul(e, g, x)), slope.shape)
              : null,
          ]
        : [null, null],
  },
};

/** exp(-x² / width) */
function gaussian(emit: Emit, x: Value, width: number): Value {
  return exp(emit, scale(emit, square(emit, x), -1 / width));
}

/** Φ(x) + x φ(x) */
function geluSlope(emit: Emit, x: Value): Value {
  const phi = affine(emit, op(emit, "Erf", scale(emit, x, Math.SQRT1_2)), 0.5, 0.5);
  return add(
    emit,
    phi,
    mul(emit, x, scale(emit, gaussian(emit, x, 2), 1 / Math.sqrt(2 * Math.PI))),
  );
}

/** y = x/2 (1 + t), t = tanh(k (x + c x³)): (1 + t)/2 + x/2 (1 - t²) k (1 + 3 c x²) */
function geluTanhSlope(emit: Emit, x: Value): Value {
  const [k, c] = [Math.sqrt(2 / Math.PI), 0.044715];
  const xx = square(emit, x);
  const t = op(emit, "Tanh", mul(emit, x, affine(emit, xx, k * c, k)));
  const inner = mul(emit, x, affine(emit, xx, 1.5 * k * c, 0.5 * k));
  return add(emit, affine(emit, t, 0.5, 0.5), mul(emit, oneMinusSquare(emit, t), inner));
}
