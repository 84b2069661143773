import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator, OperatorEmit, Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { add, mul, sub } from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const project = defineNode({
  type: "operator/project",
  v: 1,
  title: "Project onto the measurement",
  summary: "Moves a signal onto the set of signals that explain a scaled measurement exactly.",
  formula: "x + A^{+}(s\\,y - A x)",
  symbols: { scale: "s" },
  source: "ProjDiff, arXiv:2406.06959, section 3",
  params: z.strictObject({}),
  scalars: z.strictObject({
    scale: z.number().default(1).meta({
      description:
        "What the measurement is multiplied by, such as the signal's share of a noisy state.",
    }),
  }),
  inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
  outputs: { x: port.signal() },
  build: ({ scalars, inputs: { operator, x, measurement }, ctx }) => ({
    x: projectOnto(boundOperator(operator), ctx, { x, y: measurement, scale: scalars.scale }),
  }),
});

function projectOnto(
  operator: Operator,
  emit: OperatorEmit,
  { x, y, scale: s }: { readonly x: Value; readonly y: Value; readonly scale: Scalar },
): Value {
  if (operator.project !== undefined) return operator.project(emit, x, y, s);
  const target = mul(emit, y, emit.scalar(s, y.shape.length));
  const residual = sub(emit, target, operator.apply(emit, x));
  return add(emit, x, column(operator, "pinv")(emit, residual));
}
