import { expect, test } from "vitest";
import { isExpressionIssue, parseExpression } from "./expression-parse.ts";
import { expressionLatex, wordLatex } from "./expression-latex.ts";

function latex(text: string): string {
  const expression = parseExpression(text);
  if (isExpressionIssue(expression)) throw new Error(expression.message);
  return expressionLatex(expression, wordLatex);
}

test.each([
  ["x - 2*scale*size", String.raw`x - 2 \cdot \mathrm{scale} \cdot \mathrm{size}`],
  ["a - (b + c)", String.raw`a - \left(b + c\right)`],
  ["(a + b)*c", String.raw`\left(a + b\right) \cdot c`],
  ["a - b - c", "a - b - c"],
  ["a/(b + 1)", String.raw`\frac{a}{b + 1}`],
  ["(a*b)^2", String.raw`{\left(a \cdot b\right)}^{2}`],
  ["-(a + b)", String.raw`-\left(a + b\right)`],
  ["2^(-x)", "{2}^{-x}"],
  ["sqrt(max(r^2 - n, 0))", String.raw`\sqrt{\max\left({r}^{2} - n, 0\right)}`],
  ["clamp(x, 0, 1)", String.raw`\operatorname{clamp}\left(x, 0, 1\right)`],
  ["k > 0 ? a : b", String.raw`\begin{cases} a & k > 0 \\ b & \text{else} \end{cases}`],
])("%s", (text, expected) => {
  expect(latex(text)).toBe(expected);
});
