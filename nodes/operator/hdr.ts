import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { cast, less, mul, number, scale, where } from "../../runtime/trace/math.ts";
import { sameSpace } from "./family.ts";

export const hdr = defineNode({
  type: "operator/hdr",
  v: 1,
  title: "High dynamic range",
  summary:
    "A sensor that saturates: the signal is amplified and clipped. Not linear; the gradient is zero where it clips. The pseudo-inverse is the crude one of the papers, division by the gain.",
  formula: "A(x) = \\operatorname{clip}(g\\,x, -1, 1)",
  source:
    "Chung et al. and DAPS (arXiv:2407.01521), HDR reconstruction with gain 2; projection as in ProjDiff's code",
  params: z.strictObject({ gain: z.number().positive().max(1000).default(2) }),
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  build: ({ params: { gain } }) => ({
    operator: sameSpace(`HDR, gain ${gain}`, (signal) => ({
      label: `HDR, gain ${gain}`,
      linear: false,
      signal,
      measurement: signal,
      apply: (emit, x) => clip(emit, scale(emit, x, gain)),
      vjp: (emit, x, r) => {
        const inside = cast(
          emit,
          less(emit, emit.op("Abs", [x], {}), number(emit, x, 1 / gain)),
          "float32",
        );
        return scale(emit, mul(emit, r, inside), gain);
      },
      pinv: (emit, y) => scale(emit, y, 1 / gain),
      projector: (emit, x) => scale(emit, clip(emit, scale(emit, x, gain)), 1 / gain),
      project: (emit, x, y) => projectSaturated(emit, x, y, gain),
      equivalentVariance: (sigma) => sigma ** 2 / gain ** 2,
      lipschitz: gain ** 2,
    })),
  }),
});

const clip = (emit: Emit, x: Value) =>
  emit.op("Clip", [x, number(emit, x, -1), number(emit, x, 1)], {});

/** y / gain where y is not saturated, or where it is and x would not be; x elsewhere. */
function projectSaturated(emit: Emit, x: Value, y: Value, gain: number): Value {
  const back = scale(emit, y, 1 / gain);
  const saturated = emit.op("Not", [less(emit, emit.op("Abs", [y], {}), number(emit, y, 1))], {});
  const keeps = emit.op(
    "Not",
    [less(emit, emit.op("Abs", [x], {}), number(emit, x, 1 / gain))],
    {},
  );
  return where(emit, emit.op("And", [saturated, keeps], {}), x, back);
}
