import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import type { ReadTable } from "./row.ts";
import type { BinaryName, UnaryName } from "./elementwise.ts";

/** Arithmetic on operands, for the rows that spell an operator out. */
export function arithmetic(node: NodeReader) {
  const operand = (x: Operand | number, like: Operand) =>
    typeof x === "number" ? node.scalar(x, like) : x;
  const two = (op: BinaryName) => (a: Operand, b: Operand | number) =>
    node.emit(op, [a, operand(b, a)], {});
  const one = (op: UnaryName) => (a: Operand) => node.emit(op, [a], {});
  return {
    add: two("Add"),
    sub: two("Sub"),
    mul: two("Mul"),
    div: two("Div"),
    pow: two("Pow"),
    max: two("Max"),
    min: two("Min"),
    less: two("Less"),
    greater: two("Greater"),
    equal: two("Equal"),
    exp: one("Exp"),
    log: one("Log"),
    sqrt: one("Sqrt"),
    abs: one("Abs"),
    neg: one("Neg"),
    atan: one("Atan"),
    sign: one("Sign"),
    sigmoid: one("Sigmoid"),
    reciprocal: one("Reciprocal"),
    where: (test: Operand, yes: Operand, no: Operand) => node.emit("Where", [test, yes, no], {}),
  };
}

/** x * sigmoid(alpha x). */
function swish(node: NodeReader, alpha: number): Operand {
  const { mul, sigmoid } = arithmetic(node);
  const x = node.input(0);
  return mul(x, sigmoid(alpha === 1 ? x : mul(x, alpha)));
}

/** asin x = atan(x / sqrt(1 - x^2)); the quotient is infinite at the ends, where atan is pi/2. */
function asin(node: NodeReader): Operand {
  const { sub, mul, div, sqrt, atan } = arithmetic(node);
  const x = node.input(0);
  return atan(div(x, sqrt(sub(node.scalar(1, x), mul(x, x)))));
}

function gelu(node: NodeReader, approximate: "none" | "tanh"): Operand {
  const bias = node.optional(1);
  const x = node.input(0);
  return node.emit("Gelu", [bias === null ? x : node.emit("Add", [x, bias], {})], { approximate });
}

/** Activations of networks and the inverse functions that the instruction set has no row for. */
export const activation: ReadTable = {
  Elu: (node) => node.emit("Elu", [node.input(0)], { alpha: node.float("alpha", 1) }),
  Celu: (node) => {
    // celu(x) = alpha elu(x / alpha)
    const { mul, div } = arithmetic(node);
    const alpha = node.float("alpha", 1);
    const x = node.input(0);
    return alpha === 1
      ? node.emit("Elu", [x], { alpha })
      : mul(node.emit("Elu", [div(x, alpha)], { alpha: 1 }), alpha);
  },
  LeakyRelu: (node) =>
    node.emit("LeakyRelu", [node.input(0)], { alpha: node.float("alpha", 0.01) }),
  Selu: (node) =>
    node.emit("Selu", [node.input(0)], {
      alpha: node.float("alpha", 1.67326319217681884765625),
      gamma: node.float("gamma", 1.05070102214813232421875),
    }),
  HardSigmoid: (node) =>
    node.emit("HardSigmoid", [node.input(0)], {
      alpha: node.float("alpha", 0.2),
      beta: node.float("beta", 0.5),
    }),
  ThresholdedRelu: (node) => {
    const { greater, where } = arithmetic(node);
    const x = node.input(0);
    return where(greater(x, node.float("alpha", 1)), x, node.scalar(0, x));
  },
  Shrink: (node) => {
    const { add, sub, less, greater, where } = arithmetic(node);
    const x = node.input(0);
    const lambd = node.float("lambd", 0.5);
    const bias = node.float("bias", 0);
    return where(
      less(x, -lambd),
      add(x, bias),
      where(greater(x, lambd), sub(x, bias), node.scalar(0, x)),
    );
  },
  Swish: (node) => swish(node, node.float("alpha", 1)),
  QuickGelu: (node) => swish(node, node.float("alpha", 1.702)),
  Gelu: (node) => gelu(node, node.text("approximate", "none") === "tanh" ? "tanh" : "none"),
  FastGelu: (node) => gelu(node, "tanh"),
  BiasGelu: (node) => gelu(node, "none"),
  Asin: asin,
  Acos: (node) => {
    const x = asin(node);
    return node.emit("Sub", [node.scalar(Math.PI / 2, x), x], {});
  },
  Asinh: (node) => {
    // sign(x) log(|x| + sqrt(x^2 + 1)): the sign outside keeps precision for negative x.
    const { add, mul, sqrt, log, abs, sign } = arithmetic(node);
    const x = node.input(0);
    return mul(sign(x), log(add(abs(x), sqrt(add(mul(x, x), 1)))));
  },
  Acosh: (node) => {
    const { add, sub, mul, sqrt, log } = arithmetic(node);
    const x = node.input(0);
    return log(add(x, sqrt(sub(mul(x, x), 1))));
  },
  Atanh: (node) => {
    const { add, sub, mul, div, log } = arithmetic(node);
    const x = node.input(0);
    return mul(log(div(add(x, 1), sub(node.scalar(1, x), x))), 0.5);
  },
};
