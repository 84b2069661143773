import { IssueError } from "../../runtime/base/issue.ts";
import type { Operator, OperatorValue } from "../../runtime/graph/values.ts";
import type { Shape } from "../../runtime/tensor/tensor.ts";
import type { Finding } from "../../nodes/prior/check/findings.ts";
import { findingsOf } from "./operator-check/claims.ts";
import { measureOperator, type Measured } from "./operator-check/measure.ts";
import type { Open } from "./operator-check/written.ts";

/** An operator to be checked: as it was made, or why it could not be. */
export interface Subject {
  /** As the table shows it: a type with its params, or a node's path. */
  readonly name: string;
  readonly made: OperatorValue | { readonly why: string };
  /** Shapes of one signal, the first that it can act on is taken. */
  readonly shapes: readonly Shape[];
}

export interface OperatorReport {
  readonly name: string;
  readonly verdict: "pass" | "fail" | "not checked";
  /** Why it was not checked. */
  readonly why?: string;
  readonly checked?: {
    readonly label: string;
    readonly signal: Shape;
    readonly linear: boolean;
    /** The largest eigenvalue that it states. */
    readonly lipschitz: number;
    /** The optional columns that it has. */
    readonly has: readonly string[];
    readonly measured: Measured;
  };
  readonly findings: readonly Finding[];
}

/** Computes what an operator claims. */
export async function checkOperator(open: Open, subject: Subject): Promise<OperatorReport> {
  const { name, made, shapes } = subject;
  if ("why" in made) return { name, verdict: "not checked", why: made.why, findings: [] };
  const operator = bound(made, shapes);
  if ("why" in operator) return { name, verdict: "not checked", why: operator.why, findings: [] };
  const measured = await measureOperator(open, operator);
  const findings = findingsOf(operator, measured);
  const { label, signal, linear, lipschitz } = operator;
  return {
    name,
    verdict: findings.some(({ verdict }) => verdict === "fail") ? "fail" : "pass",
    checked: { label, signal, linear, lipschitz, has: columnsOf(operator), measured },
    findings,
  };
}

function bound(
  value: OperatorValue,
  shapes: readonly Shape[],
): Operator | { readonly why: string } {
  if (value.bound) return value.operator;
  const refusals: string[] = [];
  for (const shape of shapes)
    try {
      return value.family.bind(shape);
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof IssueError)) throw error;
      refusals.push(error.message);
    }
  return { why: `${refusals[0] ?? "no shape was given"}; --shape gives it another signal` };
}

const columns = {
  vjp: "gradient",
  adjoint: "Aᵀ",
  pinv: "A⁺",
  pinvTransposed: "A⁺ᵀ",
  projector: "P",
  svd: "svd",
  project: "project",
  equivalentVariance: "level",
} as const satisfies Partial<Record<keyof Operator, string>>;

const columnsOf = (operator: Operator): readonly string[] =>
  Object.entries(columns).flatMap(([column, name]) =>
    operator[column as keyof typeof columns] === undefined ? [] : [name],
  );
