import { unreachable } from "../base/unreachable.ts";
import type { BinaryOperator, Expression } from "./expression.ts";
import type { FunctionName } from "./expression-functions.ts";

/** How tightly a piece holds together: sums, products, signs, powers, and what needs no brackets anywhere. */
type Strength = 0 | 1 | 2 | 3 | 4 | 5;

interface Piece {
  readonly latex: string;
  readonly strength: Strength;
}

/** An expression as LaTeX; `nameOf` writes its names. */
export function expressionLatex(expression: Expression, nameOf: (name: string) => string): string {
  const piece = (e: Expression): Piece => pieceOf(e, piece, nameOf);
  return piece(expression).latex;
}

/** A name as LaTeX: a single letter stands as it is, a word upright. */
export const wordLatex = (name: string): string =>
  /^[A-Za-z]$/.test(name) ? name : `\\mathrm{${name.replaceAll("_", String.raw`\_`)}}`;

type Write = (expression: Expression) => Piece;

function pieceOf(expression: Expression, write: Write, nameOf: (name: string) => string): Piece {
  switch (expression.kind) {
    case "number":
      return atom(String(expression.value));
    case "name":
      return atom(nameOf(expression.name));
    case "unary": {
      const argument = within(write(expression.argument), 3);
      return { latex: `${expression.operator === "-" ? "-" : "\\neg "}${argument}`, strength: 2 };
    }
    case "binary":
      return binary(expression.operator, write(expression.left), write(expression.right));
    case "choice": {
      const [yes, no] = [write(expression.then).latex, write(expression.else).latex];
      const condition = write(expression.condition).latex;
      return atom(
        String.raw`\begin{cases} ${yes} & ${condition} \\ ${no} & \text{else} \end{cases}`,
      );
    }
    case "call":
      return call(
        expression.name,
        expression.arguments.map((each) => write(each).latex),
      );
    default:
      return unreachable(expression);
  }
}

const atom = (latex: string): Piece => ({ latex, strength: 5 });

const within = ({ latex, strength }: Piece, least: Strength): string =>
  strength >= least ? latex : `\\left(${latex}\\right)`;

const signs: Readonly<Record<Exclude<BinaryOperator, "/" | "^">, readonly [string, Strength]>> = {
  "+": ["+", 1],
  "-": ["-", 1],
  "*": [String.raw`\cdot`, 2],
  "<": ["<", 0],
  "<=": [String.raw`\le`, 0],
  ">": [">", 0],
  ">=": [String.raw`\ge`, 0],
  "==": ["=", 0],
  "!=": [String.raw`\ne`, 0],
  "&&": [String.raw`\wedge`, 0],
  "||": [String.raw`\vee`, 0],
};

function binary(operator: BinaryOperator, left: Piece, right: Piece): Piece {
  if (operator === "/") return atom(`\\frac{${left.latex}}{${right.latex}}`);
  if (operator === "^") return { latex: `{${within(left, 5)}}^{${right.latex}}`, strength: 4 };
  const [sign, strength] = signs[operator];
  // What stands to the right of a minus keeps its own brackets; nested comparisons on both sides.
  const rightLeast = operator === "+" || operator === "*" ? strength : ((strength + 1) as Strength);
  const leftLeast = strength === 0 ? 1 : strength;
  return { latex: `${within(left, leftLeast)} ${sign} ${within(right, rightLeast)}`, strength };
}

const known = new Set<FunctionName>([
  "min",
  "max",
  "exp",
  "log",
  "sin",
  "cos",
  "tan",
  "sinh",
  "cosh",
  "tanh",
]);
const around: Readonly<Partial<Record<FunctionName, readonly [string, string]>>> = {
  sqrt: [String.raw`\sqrt{`, "}"],
  abs: [String.raw`\left|`, String.raw`\right|`],
  floor: [String.raw`\left\lfloor `, String.raw`\right\rfloor`],
  ceil: [String.raw`\left\lceil `, String.raw`\right\rceil`],
};

function call(name: FunctionName, given: readonly string[]): Piece {
  const fences = around[name];
  if (fences !== undefined) return atom(`${fences[0]}${given.join(", ")}${fences[1]}`);
  const head = known.has(name) ? `\\${name}` : `\\operatorname{${name}}`;
  return atom(`${head}\\left(${given.join(", ")}\\right)`);
}
