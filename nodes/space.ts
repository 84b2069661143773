import { issueError } from "../runtime/base/issue.ts";
import type { Operator, OperatorValue } from "../runtime/graph/values.ts";
import type { Value } from "../runtime/ir/primitives.ts";
import type { Shape } from "../runtime/tensor/tensor.ts";
import { withoutFalseGradient } from "./operator/shared/columns.ts";

/** An operator that knows its signal space; a gradient through one that has none is refused. */
export function boundOperator(value: OperatorValue): Operator {
  if (value.bound) return withoutFalseGradient(value.operator);
  throw issueError(
    "operator.space",
    `${value.family.label} does not know the shape of its signal.`,
    {},
    {
      fix: "Bind it with operator/in-space, or feed a measurement.",
    },
  );
}

/** The shape, without the batch axis, of an operator's signals or of a tensor. */
export function spaceOf({
  space,
  like,
}: {
  readonly space?: OperatorValue | undefined;
  readonly like?: Value | undefined;
}): Shape {
  if (like !== undefined) return like.shape.slice(1);
  if (space !== undefined) return boundOperator(space).signal;
  throw issueError("input.missing", "Wire either space (an operator) or like (a tensor).", {});
}
