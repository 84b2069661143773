import { unreachable } from "../base/unreachable.ts";
import { expressionFunctions } from "./expression-functions.ts";
import type { FunctionName } from "./expression-functions.ts";

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "^"
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "&&"
  | "||";

/** A parsed expression. Truth is a number: 0 is false, all else true; comparisons give 0 or 1. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  /** `sigmaMax` or `@level.sigma`, as written. `column` counts from 1. */
  | { readonly kind: "name"; readonly name: string; readonly column: number }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly argument: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "choice";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly arguments: readonly Expression[];
    };

/** True for a param that is an expression: text that begins with "=". */
export function isExpressionText(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("=");
}

/** The float64 value; `lookup` gives the value of a name as written. Only the chosen side of ?: is read. */
export function evaluateNumber(expression: Expression, lookup: (name: string) => number): number {
  const value = (e: Expression): number => evaluateNumber(e, lookup);
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name":
      return lookup(expression.name);
    case "unary": {
      const argument = value(expression.argument);
      return expression.operator === "-" ? -argument : Number(argument === 0);
    }
    case "binary":
      return applyBinary(expression.operator, value(expression.left), value(expression.right));
    case "choice":
      return value(expression.condition) === 0 ? value(expression.else) : value(expression.then);
    case "call":
      return expressionFunctions[expression.name].host(...expression.arguments.map(value));
    default:
      return unreachable(expression);
  }
}

const binary: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "&&": (a, b) => Number(a !== 0 && b !== 0),
  "||": (a, b) => Number(a !== 0 || b !== 0),
};

function applyBinary(operator: BinaryOperator, a: number, b: number): number {
  return binary[operator](a, b);
}

/** Names read, each once, in order of appearance. */
export function namesIn(expression: Expression): readonly string[] {
  return [...new Set(nameNodes(expression).map(({ name }) => name))];
}

function nameNodes(expression: Expression): readonly { readonly name: string }[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "name":
      return [expression];
    case "unary":
      return nameNodes(expression.argument);
    case "binary":
      return [expression.left, expression.right].flatMap(nameNodes);
    case "choice":
      return [expression.condition, expression.then, expression.else].flatMap(nameNodes);
    case "call":
      return expression.arguments.flatMap(nameNodes);
    default:
      return unreachable(expression);
  }
}
