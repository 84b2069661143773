import type { Issue } from "../base/issue.ts";
import {
  expressionConstants,
  expressionFunctions,
  isFunctionName,
} from "./expression-functions.ts";
import type { BinaryOperator, Expression } from "./expression.ts";
import { nearest } from "./nearest.ts";

/** What is wrong with an expression, and the column (from 1) where. */
export interface ExpressionIssue extends Issue {
  readonly column: number;
}

interface Token {
  readonly kind: "number" | "name" | "sign" | "end" | "unknown";
  readonly text: string;
  readonly column: number;
}

/** `position` moves forward; the first issue ends the parse by moving it to the end. */
interface Parser {
  readonly tokens: readonly Token[];
  position: number;
  depth: number;
  issue: ExpressionIssue | null;
}

const longest = 1000;
const deepest = 40;

/** Binding strength of each operator; a comparison does not chain. */
const strength: Readonly<Record<BinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "==": 3,
  "!=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "^": 7,
};
const comparison = 3;
const unary = 6;
const nothing: Expression = { kind: "number", value: 0 };

/** Parses with or without the leading "="; columns count from the first character of `text`. */
export function parseExpression(text: string): Expression | ExpressionIssue {
  if (text.length > longest)
    return issue(
      1,
      `The expression is ${text.length} characters long; at most ${longest} are read.`,
    );
  const parser: Parser = { tokens: tokenize(text), position: 0, depth: 0, issue: null };
  const expression = parseChoice(parser);
  const rest = peek(parser);
  if (rest.kind !== "end")
    fail(parser, rest, `Expected an operator or the end, got ${quote(rest)}`);
  return parser.issue ?? expression;
}

/** True for the result of a parse that failed. */
export function isExpressionIssue(result: Expression | ExpressionIssue): result is ExpressionIssue {
  return "code" in result;
}

const lexeme =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(@?[A-Za-z][A-Za-z0-9_]*(?:\.(?:[A-Za-z][A-Za-z0-9_]*|[12](?![0-9])))*)|(<=|>=|==|!=|&&|\|\||[-+*/^<>!?:(),])|(\S))/y;

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = text.startsWith("=") ? 1 : 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [, number, name, sign, unknown] = match;
    const found = number ?? name ?? sign ?? unknown ?? "";
    const kind =
      number !== undefined
        ? "number"
        : name !== undefined
          ? "name"
          : sign !== undefined
            ? "sign"
            : "unknown";
    tokens.push({ kind, text: found, column: lexeme.lastIndex - found.length + 1 });
  }
  return [...tokens, { kind: "end", text: "", column: text.length + 1 }];
}

function peek({ tokens, position }: Parser): Token {
  return tokens[Math.min(position, tokens.length - 1)] ?? { kind: "end", text: "", column: 1 };
}

function take(parser: Parser): Token {
  const token = peek(parser);
  parser.position += 1;
  return token;
}

function accept(parser: Parser, text: string): boolean {
  const token = peek(parser);
  const found = token.kind === "sign" && token.text === text;
  if (found) parser.position += 1;
  return found;
}

function expect(parser: Parser, text: string): void {
  const token = peek(parser);
  if (!accept(parser, text)) fail(parser, token, `Expected "${text}", got ${quote(token)}`);
}

function parseChoice(parser: Parser): Expression {
  parser.depth += 1;
  if (parser.depth > deepest) {
    fail(parser, peek(parser), `The expression is nested more than ${deepest} deep`);
    return nothing;
  }
  const condition = parseBinary(parser, 1);
  const expression = accept(parser, "?") ? parseBranches(parser, condition) : condition;
  parser.depth -= 1;
  return expression;
}

function parseBranches(parser: Parser, condition: Expression): Expression {
  const then = parseChoice(parser);
  expect(parser, ":");
  return { kind: "choice", condition, then, else: parseChoice(parser) };
}

/** Operators at least as strong as `least`; `^` groups to the right, the others to the left. */
function parseBinary(parser: Parser, least: number): Expression {
  let left = parseUnary(parser);
  for (let bound = Infinity; ;) {
    const token = peek(parser);
    const operator = binaryOperator(token);
    if (operator === null || strength[operator] < least) return left;
    if (strength[operator] === comparison && bound === comparison)
      fail(parser, token, `Comparisons do not chain; write "a < b && b < c"`);
    take(parser);
    bound = strength[operator];
    const right = parseBinary(parser, operator === "^" ? unary : bound + 1);
    left = { kind: "binary", operator, left, right };
  }
}

function binaryOperator({ kind, text }: Token): BinaryOperator | null {
  return kind === "sign" && isBinary(text) ? text : null;
}

function isBinary(text: string): text is BinaryOperator {
  return Object.hasOwn(strength, text);
}

function parseUnary(parser: Parser): Expression {
  const operator = accept(parser, "-") ? "-" : accept(parser, "!") ? "!" : null;
  if (operator === null) return parsePrimary(parser);
  parser.depth += 1;
  if (parser.depth > deepest)
    fail(parser, peek(parser), `The expression is nested more than ${deepest} deep`);
  // −2^2 is −(2^2)
  const argument = parseBinary(parser, unary);
  parser.depth -= 1;
  return { kind: "unary", operator, argument };
}

function parsePrimary(parser: Parser): Expression {
  const token = take(parser);
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (token.kind === "name") return parseName(parser, token);
  if (token.kind === "sign" && token.text === "(") {
    const inner = parseChoice(parser);
    expect(parser, ")");
    return inner;
  }
  return fail(parser, token, `Expected a number, a name or "(", got ${quote(token)}`);
}

function parseName(parser: Parser, token: Token): Expression {
  const name = token.text;
  if (accept(parser, "(")) return parseCall(parser, token);
  if (isFunctionName(name)) return fail(parser, token, `"${name}" is a function; write ${name}(…)`);
  const constant = Object.hasOwn(expressionConstants, name) ? expressionConstants[name] : undefined;
  if (constant !== undefined) return { kind: "number", value: constant };
  if (!name.startsWith("@") && name.includes("."))
    return fail(
      parser,
      token,
      `"${name}" cannot be read here; write "@" before an input or a rail`,
    );
  return { kind: "name", name, column: token.column };
}

function parseCall(parser: Parser, token: Token): Expression {
  const name = token.text;
  if (!isFunctionName(name)) {
    const near = nearest(name, Object.keys(expressionFunctions));
    const hint = near === null ? "" : `; did you mean "${near}"?`;
    return fail(parser, token, `There is no function "${name}"${hint}`);
  }
  const given = [parseChoice(parser)];
  while (accept(parser, ",")) given.push(parseChoice(parser));
  expect(parser, ")");
  const [least, most] = expressionFunctions[name].arity;
  if (given.length < least || given.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    return fail(parser, token, `"${name}" takes ${count} arguments, got ${given.length}`);
  }
  return { kind: "call", name, arguments: given };
}

/** Records the first issue and ends the parse. */
function fail(parser: Parser, { column }: Token, sentence: string): Expression {
  parser.issue ??= issue(column, `${sentence} (column ${column}).`);
  parser.position = parser.tokens.length;
  return nothing;
}

function issue(column: number, message: string): ExpressionIssue {
  return { code: "expression.invalid", message, at: {}, column };
}

function quote({ kind, text }: Token): string {
  return kind === "end" ? "the end" : `"${text}"`;
}
