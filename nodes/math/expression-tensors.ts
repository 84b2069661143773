import type { BuildContext } from "../../runtime/graph/define-node.ts";
import type { FunctionName } from "../../runtime/graph/expression-functions.ts";
import { namesIn, type BinaryOperator, type Expression } from "../../runtime/graph/expression.ts";
import { hostExpression } from "../../runtime/graph/expression-host.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import type { Host } from "../../runtime/trace/host.ts";
import * as math from "../../runtime/trace/math.ts";

type Given = Readonly<Record<string, Value | Scalar>>;

/** Writes an expression as equations; what reads host scalars alone is computed on the host in float64. */
export function writeExpression(ast: Expression, given: Given, ctx: BuildContext): Value | Scalar {
  const host = hostPart(ast, given);
  if (host !== null) return { on: "host", host };
  const rank = Math.max(...Object.values(given).map(rankOf));
  const x = write(ast, given, { ctx, rank });
  if (rank > 1) return x;
  const value = x.shape.length === 1 ? x : math.expand(ctx, x, [ctx.batch]);
  return { on: "device", value };
}

/** Rank of a tensor; 1 for a device scalar [batch], 0 for one on the host. */
const rankOf = (value: Value | Scalar) =>
  "on" in value ? (value.on === "host" ? 0 : 1) : value.shape.length;

interface Writing {
  readonly ctx: BuildContext;
  readonly rank: number;
}

function write(ast: Expression, given: Given, writing: Writing): Value {
  const { ctx } = writing;
  const host = hostPart(ast, given);
  if (host !== null) return ctx.scalar(host);
  const part = (e: Expression) => write(e, given, writing);
  switch (ast.kind) {
    case "number":
      return ctx.scalar(ast.value);
    case "name":
      return named(given[ast.name] as Value | Scalar, writing);
    case "unary":
      return ast.operator === "-"
        ? math.neg(ctx, part(ast.argument))
        : truth(ctx, ctx.op("Not", [boolean(ctx, part(ast.argument))], {}));
    case "binary":
      return binaryTensors[ast.operator](ctx, part(ast.left), part(ast.right));
    case "choice":
      return math.where(ctx, boolean(ctx, part(ast.condition)), part(ast.then), part(ast.else));
    case "call":
      return functionTensors[ast.name](ctx, ast.arguments.map(part));
  }
}

/** The expression as a host scalar, where it reads nothing from the device. */
function hostPart(ast: Expression, given: Given): Host<number> | null {
  const hosts = new Map<string, Host<number>>();
  for (const name of namesIn(ast)) {
    const value = given[name];
    if (value === undefined || !("on" in value) || value.on !== "host") return null;
    hosts.set(name, value.host);
  }
  return hostExpression(ast, hosts);
}

function named(value: Value | Scalar, { ctx, rank }: Writing): Value {
  return "on" in value ? ctx.scalar(value, rank) : value;
}

const boolean = (emit: Emit, x: Value) =>
  emit.op("Not", [math.equal(emit, x, math.number(emit, x, 0))], {});
const truth = (emit: Emit, x: Value) => math.cast(emit, x, "float32");
type Binary = (emit: Emit, a: Value, b: Value) => Value;
const compare =
  (op: "Greater" | "Less" | "GreaterOrEqual" | "LessOrEqual" | "Equal"): Binary =>
  (emit, a, b) =>
    truth(emit, emit.op(op, [a, b], {}));
const logic =
  (op: "And" | "Or"): Binary =>
  (emit, a, b) =>
    truth(emit, emit.op(op, [boolean(emit, a), boolean(emit, b)], {}));

const binaryTensors: Readonly<Record<BinaryOperator, Binary>> = {
  "+": math.add,
  "-": math.sub,
  "*": math.mul,
  "/": math.div,
  "^": (emit, a, b) => emit.op("Pow", [a, b], {}),
  "<": compare("Less"),
  "<=": compare("LessOrEqual"),
  ">": compare("Greater"),
  ">=": compare("GreaterOrEqual"),
  "==": compare("Equal"),
  "!=": (emit, a, b) => truth(emit, emit.op("Not", [math.equal(emit, a, b)], {})),
  "&&": logic("And"),
  "||": logic("Or"),
};

type Apply = (emit: Emit, args: readonly Value[]) => Value;
const unary =
  (
    op:
      | "Abs"
      | "Sqrt"
      | "Exp"
      | "Log"
      | "Sin"
      | "Cos"
      | "Tan"
      | "Atan"
      | "Sinh"
      | "Cosh"
      | "Tanh"
      | "Floor"
      | "Ceil"
      | "Round"
      | "Sign"
      | "Erf"
      | "Sigmoid"
      | "Relu"
      | "Softplus",
  ): Apply =>
  (emit, [x]) =>
    emit.op(op, [x as Value], {});
const fold =
  (op: "Min" | "Max"): Apply =>
  (emit, args) =>
    args.reduce((a, b) => emit.op(op, [a, b], {}));

/** The tensor column of the expression language: a hole does not compile. */
const functionTensors: Readonly<Record<FunctionName, Apply>> = {
  min: fold("Min"),
  max: fold("Max"),
  abs: unary("Abs"),
  sqrt: unary("Sqrt"),
  exp: unary("Exp"),
  log: unary("Log"),
  sin: unary("Sin"),
  cos: unary("Cos"),
  tan: unary("Tan"),
  atan: unary("Atan"),
  sinh: unary("Sinh"),
  cosh: unary("Cosh"),
  tanh: unary("Tanh"),
  floor: unary("Floor"),
  ceil: unary("Ceil"),
  round: unary("Round"),
  sign: unary("Sign"),
  erf: unary("Erf"),
  sigmoid: unary("Sigmoid"),
  relu: unary("Relu"),
  softplus: unary("Softplus"),
  pow: (emit, [x, y]) => emit.op("Pow", [x as Value, y as Value], {}),
  clamp: (emit, [x, low, high]) =>
    emit.op("Min", [emit.op("Max", [x as Value, low as Value], {}), high as Value], {}),
};
