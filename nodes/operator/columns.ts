import { issueError } from "../../runtime/base/issue.ts";
import type { Operator } from "../../runtime/graph/values.ts";

/** A column of an operator, or the refusal that names what lacks it and what would do instead. */
export function column<K extends keyof Operator>(
  operator: Operator,
  name: K,
  instead: string,
): NonNullable<Operator[K]> {
  const found = operator[name];
  if (found !== undefined) return found;
  throw issueError(
    "operator.lacks",
    `${operator.label} has no ${columnNames[name] ?? name}.`,
    {},
    { fix: instead },
  );
}

const columnNames: Partial<Record<keyof Operator, string>> = {
  adjoint: "adjoint",
  pinv: "pseudo-inverse",
  projector: "projector",
  pinvTransposed: "transposed pseudo-inverse",
  equivalentVariance: "scalar equivalent noise level",
  svd: "singular value decomposition",
};
/** What works for any differentiable operator. */
export const useGradient =
  "A sampler that needs only the operator's gradient works: DPS-MO, DPS, DAPS.";
