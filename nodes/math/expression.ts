import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode, type InputPort, type Ports } from "../../runtime/graph/define-node.ts";
import { expressionLatex, wordLatex } from "../../runtime/graph/expression-latex.ts";
import { isExpressionIssue, parseExpression } from "../../runtime/graph/expression-parse.ts";
import { namesIn, type Expression } from "../../runtime/graph/expression.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { writeExpression } from "./expression-tensors.ts";

export const expression = defineNode({
  type: "math/expression",
  v: 1,
  title: "Expression",
  summary:
    "Arithmetic over its inputs, one input for every name in the expression. Only host scalars in: a host scalar out. With a tensor among them: a tensor, elementwise.",
  formula: "f(a, b, \\dots)",
  source: "Denoodle",
  params: z.strictObject({
    expression: z
      .string()
      .min(1)
      .max(2000)
      .meta({ description: "What is computed; every name in it is an input." }),
  }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { x: port.number() },
  formulaOf({ expression: text }) {
    const written = parsed(text);
    const symbols = namesIn(written).map((name) => [name, wordLatex(name)]);
    return { formula: expressionLatex(written, wordLatex), symbols: Object.fromEntries(symbols) };
  },
  ports({ expression: text }) {
    const names = [...namesIn(parsed(text))];
    const inputs: Ports<InputPort> = Object.fromEntries(names.map((name) => [name, port.number()]));
    return { inputs, outputs: { x: port.number() } };
  },
  build({ params, inputs, ctx }) {
    const given = inputs as Readonly<Record<string, Value | Scalar>>;
    return { x: writeExpression(parsed(params.expression), given, ctx) };
  },
});

function parsed(text: string): Expression {
  const result = parseExpression(text);
  const at = { path: ["expression"] };
  if (isExpressionIssue(result)) throw issueError(result.code, result.message, at);
  const [rail] = [...namesIn(result)].filter((name) => name.startsWith("@") || name.includes("."));
  if (rail === undefined) return result;
  throw issueError("expression.name", `The expression reads ${rail}; here names are inputs.`, at, {
    fix: `Wire ${rail} to an input and use that name.`,
  });
}
