import { IssueError } from "../../../runtime/base/issue.ts";
import type { AnyNode } from "../../../runtime/graph/define-node.ts";
import { readParams } from "../../../runtime/graph/params.ts";
import type { Operator, OperatorValue } from "../../../runtime/graph/values.ts";

/** What an operator may provide beside A x itself. */
export const columnNames = [
  "linear",
  "vjp",
  "adjoint",
  "pinv",
  "projector",
  "svd",
  "project",
  "equivalentVariance",
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Small signals on which operators are tried until one is taken: pictures, a line, stems. */
const signals = [[3, 32, 32], [1, 32, 32], [3, 64, 64], [4, 64], [1, 64], [2]] as const;

/**
 * The columns that an operator with these params fills. Null where that is known only in a run: it needs other
 * operators or files, or takes none of the small signals.
 */
export function operatorColumns(
  definition: AnyNode,
  given: Readonly<Record<string, unknown>>,
): ReadonlySet<ColumnName> | null {
  const [output] = Object.values(definition.outputs);
  if (output?.kind !== "operator" || Object.keys(definition.inputs).length > 0) return null;
  const { params } = readParams(definition, given, []);
  if (params === null || (definition.assets?.(params) ?? []).length > 0) return null;
  const value = attempt(() => built(definition, params));
  if (value === null) return null;
  const operator = value.bound
    ? value.operator
    : signals.reduce<Operator | null>(
        (found, signal) => found ?? attempt(() => value.family.bind(signal)),
        null,
      );
  return operator === null ? null : new Set(columnNames.filter((name) => fills(operator, name)));
}

const fills = (operator: Operator, name: ColumnName): boolean =>
  name === "linear" ? operator.linear : operator[name] !== undefined;

/** Operators without inputs and files write nothing when they are built; one that does is not known here. */
function built(definition: AnyNode, params: Readonly<Record<string, unknown>>): OperatorValue {
  const args = { params, scalars: {}, inputs: {}, ctx: noContext } as unknown as Parameters<
    AnyNode["build"]
  >[0];
  const [value] = Object.values(definition.build(args));
  return value as OperatorValue;
}

const noContext = new Proxy(
  {},
  {
    get: (_, name): never => {
      throw new RangeError(`operatorColumns: there is no ${String(name)} outside a run`);
    },
  },
);

/** Null where params or a shape are refused. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError || error instanceof IssueError) return null;
    throw error;
  }
}
