import { issueError } from "../../../runtime/base/issue.ts";
import type { Operator, OperatorEmit } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";

/** A column of an operator, or the refusal that names what lacks it and which samplers do without. */
export function column<K extends keyof Operator>(
  operator: Operator,
  name: K,
): NonNullable<Operator[K]> {
  const found = operator[name];
  if (found !== undefined) return found;
  throw issueError(
    "operator.lacks",
    `${operator.label} has no ${columnNames[name] ?? name}.`,
    {},
    { fix: alternatives(operator) },
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
/** What each column is enough for. */
const uses: readonly (readonly [keyof Operator, string])[] = [
  ["vjp", "its gradient (DPS-MO, DPS, DAPS)"],
  ["pinv", "its pseudo-inverse (ProjDiff, DDNM, C-PiGDM)"],
  ["svd", "its singular value decomposition (projdiff-svd, DDRM, DDNM+)"],
];

/** Which samplers this operator has enough for. */
function alternatives(operator: Operator): string {
  const enough = uses.flatMap(([name, text]) => (operator[name] === undefined ? [] : [text]));
  const samplers =
    enough.length === 0 ? "" : `Samplers that need only ${enough.join(", or ")} work with it.`;
  const estimate =
    operator.vjp === undefined ? "gradient/estimate can stand in the place of its gradient." : "";
  return [samplers, estimate].filter((text) => text !== "").join(" ");
}

/**
 * An operator whose outputs refuse to pass a gradient, where it has none: rounding would else look like a
 * gradient of zero. One that has a gradient is itself.
 */
export function withoutFalseGradient(operator: Operator): Operator {
  if (operator.vjp !== undefined) return operator;
  const { projector, project } = operator;
  const params = {
    message: `${operator.label} has no gradient, and the path of a gradient goes through it.`,
    fix: alternatives(operator),
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
