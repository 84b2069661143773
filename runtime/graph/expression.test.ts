import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isExpressionIssue, parseExpression } from "./expression-parse.ts";
import type { Expression } from "./expression.ts";
import { evaluateNumber, namesIn } from "./expression.ts";

function parsed(text: string): Expression {
  const result = parseExpression(text);
  if (isExpressionIssue(result)) throw new Error(result.message);
  return result;
}

const names: Readonly<Record<string, number>> = {
  a: 2,
  b: 3,
  "@level.sigma": 0.5,
  "@k": 4,
  "@x.1": 7,
};
const value = (text: string): number =>
  evaluateNumber(parsed(text), (name) => names[name] ?? Number.NaN);

describe(evaluateNumber.name, () => {
  test.each([
    ["=1+2*3", 7],
    ["=(1+2)*3", 9],
    ["=2^3^2", 512],
    ["=-2^2", -4],
    ["=2^-1", 0.5],
    ["=-2*3", -6],
    ["=8/4/2", 1],
    ["=5-3-1", 1],
    ["=1.5e2", 150],
    ["=.5", 0.5],
    ["=2*a+b", 7],
    ["=@level.sigma^2", 0.25],
    ["=@k-1", 3],
    ["=@x.1", 7],
    ["=a<b", 1],
    ["=a>=b", 0],
    ["=a==2 && b==3", 1],
    ["=!(a==2)", 0],
    ["=!a || b", 1],
    ["=a<b ? 10 : 20", 10],
    ["=0 ? 1 : 0 ? 2 : 3", 3],
    ["=min(a,b,1)", 1],
    ["=clamp(9, 0, 1)", 1],
    ["=pow(a, b)", 8],
    ["=sqrt(16)", 4],
    ["=2*pi", 2 * Math.PI],
    ["=exp(1)-e", 0],
    ["=max(inf, 1)", Infinity],
    ["=round(2.5)", 2],
    ["=round(-1.5)", -2],
    ["=round(3.4)", 3],
    ["=relu(-3)", 0],
    ["=sigmoid(0)", 0.5],
    ["=sign(-2)", -1],
    ["=a--1", 3],
    ["= a * b ", 6],
    ["7", 7],
  ])("[E2] %s is %d", (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  // Abramowitz and Stegun, table 7.1
  test.each([
    [0, 0],
    [0.5, 0.5204998778],
    [1, 0.8427007929],
    [2, 0.995322265],
    [-1, -0.8427007929],
    [7, 1],
  ])("erf(%d) is %d", (x, expected) => {
    expect(value(`=erf(0${x < 0 ? x : `+${x}`})`)).toBeCloseTo(expected, 10);
  });

  test("[E3] reads only the chosen side of a choice", () => {
    const read: string[] = [];
    const lookup = (name: string): number => read.push(name);
    evaluateNumber(parsed("1 ? a : b"), lookup);
    expect(read).toEqual(["a"]);
  });
});

test("[E1] namesIn lists each name once, in order, without constants and functions", () => {
  expect(namesIn(parsed("=@level.sigma + max(a, pi) * (a < @k ? b : 1)"))).toEqual([
    "@level.sigma",
    "a",
    "@k",
    "b",
  ]);
});

describe(parseExpression.name, () => {
  test.each([
    ["=1+", 'Expected a number, a name or "(", got the end (column 4).'],
    ["=", 'Expected a number, a name or "(", got the end (column 2).'],
    ["=(1", 'Expected ")", got the end (column 4).'],
    ["=1 2", 'Expected an operator or the end, got "2" (column 4).'],
    ["=sqr(2)", 'There is no function "sqr"; did you mean "sqrt"? (column 2).'],
    ["=sqrt", '"sqrt" is a function; write sqrt(…) (column 2).'],
    ["=pow(1)", '"pow" takes 2 arguments, got 1 (column 2).'],
    ["=a<b<2", 'Comparisons do not chain; write "a < b && b < c" (column 5).'],
    ["=a$b", 'Expected an operator or the end, got "$" (column 3).'],
    ["=a.b", '"a.b" cannot be read here; write "@" before an input or a rail (column 2).'],
    ["=1 ? 2", 'Expected ":", got the end (column 7).'],
    ["=constructor(1)", 'There is no function "constructor" (column 2).'],
  ])("[E4] %s: %s", (text, message) => {
    expect(parseExpression(text)).toMatchObject({ code: "expression.invalid", message });
  });

  test("[E4] refuses what is too long or too deep", () => {
    expect(parseExpression("1+".repeat(600))).toMatchObject({ column: 1 });
    expect(parseExpression("(".repeat(400))).toMatchObject({ code: "expression.invalid" });
    expect(parseExpression("-".repeat(400) + "1")).toMatchObject({ code: "expression.invalid" });
    expect(parseExpression("2^".repeat(400) + "1")).toMatchObject({ kind: "binary" });
  });

  test("[E4] answers any text with an expression or one located issue", () => {
    const piece = fc.constantFrom(
      "1",
      "a",
      "@k",
      "@x.1",
      "+",
      "-",
      "*",
      "^",
      "(",
      ")",
      "?",
      ":",
      ",",
      "<",
      "==",
      "&&",
      "!",
      "min(",
      " ",
      ".",
      "é",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        const result = parseExpression(source);
        if (isExpressionIssue(result)) expect(result.column).toBeLessThanOrEqual(source.length + 1);
        else expect(evaluateNumber(result, () => 1)).toBeTypeOf("number");
      }),
    );
  });
});
