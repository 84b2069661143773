import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { sameShape } from "../../runtime/tensor/tensor.ts";
import { boundOperator } from "../space.ts";

export const baseline = defineNode({
  type: "operator/baseline",
  v: 1,
  title: "Baseline",
  summary:
    "What anyone would do first, without a prior: where pixels are missing, the mean of the known ones; where they are large, bicubic interpolation; for any other operator its pseudo-inverse, and where it has none the measurement itself, if that has the shape of the signal. denoodle run scores it beside the result.",
  formula: "x = A^{+}y + (1-m)\\,\\bar y,\\quad \\operatorname{bicubic}(y),\\quad A^{+}y,\\quad y",
  source: "Denoodle; bicubic: Keys 1981, doi:10.1109/TASSP.1981.1163711, with a = -1/2",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), y: port.measurement() },
  outputs: { x: port.signal() },
  build({ inputs: { operator: given, y }, ctx }) {
    const operator = boundOperator(given);
    const reconstruct = operator.baseline ?? operator.pinv;
    if (reconstruct !== undefined) return { x: reconstruct(ctx, y) };
    if (sameShape(operator.signal, operator.measurement)) return { x: y };
    throw issueError(
      "operator.lacks",
      `${operator.label} has no baseline: it has no pseudo-inverse, and what it measures is no signal.`,
    );
  },
});
