import { issueError } from "../../runtime/base/issue.ts";
import type { Operator, OperatorEmit } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";

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
  vjp: "gradient",
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
/** What works for any operator that can be applied. */
export const useEstimate =
  "gradient/estimate can stand in its place; and samplers that need only a pseudo-inverse work: ProjDiff, DDNM, C-PiGDM.";

/**
 * An operator whose outputs refuse to pass a gradient, where it has none: rounding would else look like a
 * gradient of zero. One that has a gradient is itself.
 */
export function withoutFalseGradient(operator: Operator): Operator {
  if (operator.vjp !== undefined) return operator;
  const { projector, project } = operator;
  const params = {
    message: `${operator.label} has no gradient, and the path of a gradient goes through it.`,
    fix: useEstimate,
  };
  const opaque = (emit: OperatorEmit, made: Value, x: Value) =>
    emit.op("Opaque", [made, x], params);
  return {
    ...operator,
    apply: (emit, x) => opaque(emit, operator.apply(emit, x), x),
    ...(projector && { projector: (emit, x) => opaque(emit, projector(emit, x), x) }),
    ...(project && { project: (emit, x, y, s) => opaque(emit, project(emit, x, y, s), x) }),
  };
}
