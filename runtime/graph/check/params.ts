import type { AnyNode } from "../define-node.ts";
import type { Node } from "../document.ts";
import type { FilePath } from "../file-path.ts";
import type { Expression } from "../expression.ts";
import { namesIn } from "../expression.ts";
import { isExpressionIssue, parseExpression } from "../expression-parse.ts";
import { isExpressionText } from "../expression.ts";
import { formatGot } from "../format-got.ts";
import { suggestion } from "../nearest.ts";
import { own } from "../own.ts";
import { readParams } from "../params.ts";
import { port } from "../ports.ts";
import type { Scope } from "../scope.ts";
import type { Check, Finding } from "./check.ts";
import { checkRef } from "./refs.ts";

/** Takes a finding at a path inside `params`. */
export type TellParam = (path: FilePath, finding: Finding) => void;

/** What `@` and bare names of an expression may read. */
export interface ExpressionNames {
  /** Null where no input or rail can be read (a slot's default). */
  readonly scope: Scope | null;
  /** Scalar params of the node. */
  readonly scalars: readonly string[];
}

/** Where params stand (null: in a default), and who takes the findings. */
export interface ParamsReader {
  readonly check: Check;
  readonly scope: Scope | null;
  readonly tell: TellParam;
}

/** [P1]–[P4] Params of a plain node, or of a default. */
export function checkParams(
  { check, scope, tell }: ParamsReader,
  definition: AnyNode,
  { params = {}, in: wires = {} }: Pick<Node, "params" | "in">,
): void {
  const { scalars, faults } = readParams(definition, params, Object.keys(wires));
  for (const { path, ...finding } of faults) tell(path, finding);
  const names = { scope, scalars: Object.keys(definition.scalars.shape) };
  for (const [name, value] of Object.entries(scalars))
    if (typeof value !== "number")
      checkExpressionNames(check, value, names, (finding) => tell([name], finding));
  for (const finding of circles(scalars, Object.keys(wires))) tell(finding.path, finding.finding);
}

/** [P2] A number or an expression given where there is no definition (a block's slot, a zone's count). */
export function checkScalar(
  check: Check,
  value: unknown,
  names: ExpressionNames,
  tell: (finding: Finding) => void,
): void {
  if (isExpressionText(value)) {
    const expression = parseExpression(value);
    if (isExpressionIssue(expression)) {
      const { code, message } = expression;
      tell({ code, message, got: value });
    } else checkExpressionNames(check, expression, names, tell);
  } else if (typeof value !== "number" || !Number.isFinite(value))
    tell({
      code: "param.invalid",
      message: `Expected a number or an expression such as "=2*sigmaMax", got ${formatGot(value)}.`,
      expected: "a number or an expression",
      got: formatGot(value),
    });
}

function checkExpressionNames(
  check: Check,
  expression: Expression,
  { scope, scalars }: ExpressionNames,
  tell: (finding: Finding) => void,
): void {
  for (const name of namesIn(expression)) {
    if (name.startsWith("@") && scope !== null)
      checkRef({ check, scope, tell }, name, port.scalar());
    else if (name.startsWith("@"))
      tell({
        code: "expression.unknown-name",
        message: `"${name}" cannot be read in a default.`,
        got: name,
      });
    else if (!scalars.includes(name))
      tell({
        code: "expression.unknown-name",
        message: `There is no scalar param "${name}".`,
        got: name,
        fix: suggestion(name, scalars) ?? `Write "@${name}" to read an input or a rail.`,
      });
  }
}

/** [P4] Scalar params whose expressions read one another in a circle. */
function circles(
  scalars: Readonly<Record<string, number | Expression>>,
  wired: readonly string[],
): readonly { readonly path: FilePath; readonly finding: Finding }[] {
  const reads = (name: string): readonly string[] => {
    const value = own(scalars, name);
    return value === undefined || typeof value === "number" || wired.includes(name)
      ? []
      : namesIn(value);
  };
  return Object.keys(scalars)
    .filter((name) => reaches(name, name, reads))
    .map((name) => ({
      path: [name],
      finding: {
        code: "expression.cycle",
        message: `The expression of "${name}" depends on itself.`,
      },
    }));
}

function reaches(from: string, to: string, reads: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const waiting = [...reads(from)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...reads(name));
  }
  return false;
}
