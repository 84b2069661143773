import type { OpName, Params, Inputs } from "../../ir/primitives.ts";
import { dtypeOfCode, nameOfCode } from "../proto/dtype-codes.ts";
import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import type { ReadRow, ReadTable } from "./row.ts";

type NoParams = Readonly<Record<never, never>>;
type Plain<Arity extends readonly unknown[]> = {
  [N in OpName]: Inputs<N> extends Arity ? (NoParams extends Params<N> ? N : never) : never;
}[OpName];
export type UnaryName = Plain<readonly [unknown]>;
export type BinaryName = Plain<readonly [unknown, unknown]>;

const unary =
  (op: UnaryName): ReadRow =>
  (node) =>
    node.emit(op, [node.input(0)], {});
const binary =
  (op: BinaryName): ReadRow =>
  (node) =>
    node.emit(op, [node.input(0), node.input(1)], {});

/** Any number of inputs, two at a time from the left. */
const fold =
  (op: BinaryName): ReadRow =>
  (node) =>
    foldAll(node, op);

function foldAll(node: NodeReader, op: BinaryName): Operand {
  return node
    .all()
    .slice(1)
    .reduce((sum, x) => node.emit(op, [sum, x], {}), node.input(0));
}

const unaryNames = [
  "Abs",
  "Neg",
  "Exp",
  "Log",
  "Sqrt",
  "Reciprocal",
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
  "Not",
  "IsNaN",
  "HardSwish",
  "Mish",
] as const satisfies readonly UnaryName[];

const binaryNames = [
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Equal",
  "Greater",
  "Less",
  "GreaterOrEqual",
  "LessOrEqual",
  "And",
  "Or",
  "Xor",
  "PRelu",
] as const satisfies readonly BinaryName[];

function castTo(node: NodeReader, x: Operand, code: number): Operand {
  const to = dtypeOfCode(code);
  return to === null
    ? node.refuse(
        `it makes ${nameOfCode(code)} elements, which programs cannot hold`,
        "Export the model in float32 or float16.",
      )
    : node.cast(x, to);
}

/** ONNX lets the exponent have another type; its own type is the base's here, where that loses nothing. */
function power(node: NodeReader): Operand {
  const base = node.input(0);
  const exponent = node.input(1);
  if (base.dtype === exponent.dtype) return node.emit("Pow", [base, exponent], {});
  if (base.dtype.startsWith("float"))
    return node.emit("Pow", [base, node.cast(exponent, base.dtype)], {});
  const raised = node.emit("Pow", [node.cast(base, "float64"), node.cast(exponent, "float64")], {});
  return node.cast(raised, base.dtype);
}

function clip(node: NodeReader): Operand {
  const x = node.input(0);
  const attribute = (name: string) => (node.has(name) ? node.scalar(node.float(name, 0), x) : null);
  const [low, high] =
    node.opset < 11 ? [attribute("min"), attribute("max")] : [node.optional(1), node.optional(2)];
  return low === null && high === null ? x : node.emit("Clip", [x, low, high], {});
}

function isInf(node: NodeReader): Operand {
  const x = node.input(0);
  const positive = node.int("detect_positive", 1) !== 0;
  const negative = node.int("detect_negative", 1) !== 0;
  if (!positive && !negative) return node.emit("Less", [x, x], {});
  const size = positive && negative ? node.emit("Abs", [x], {}) : x;
  return node.emit("Equal", [size, node.scalar(positive ? Infinity : -Infinity, x)], {});
}

/** Elementwise operators of the numbers themselves; activations of networks stand apart. */
export const elementwise: ReadTable = {
  ...Object.fromEntries(unaryNames.map((name) => [name, unary(name)])),
  ...Object.fromEntries(binaryNames.map((name) => [name, binary(name)])),
  Identity: (node) => node.input(0),
  Sum: fold("Add"),
  Min: fold("Min"),
  Max: fold("Max"),
  Mean: (node) => {
    const sum = foldAll(node, "Add");
    return node.emit("Div", [sum, node.scalar(node.all().length, sum)], {});
  },
  Pow: power,
  Mod: (node) =>
    node.emit("Mod", [node.input(0), node.input(1)], { fmod: node.int("fmod", 0) !== 0 }),
  Cast: (node) => castTo(node, node.input(0), node.int("to", 0)),
  CastLike: (node) => node.cast(node.input(0), node.input(1).dtype),
  Clip: clip,
  IsInf: isInf,
  Where: (node) => node.emit("Where", [node.input(0), node.input(1), node.input(2)], {}),
};
