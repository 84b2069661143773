import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { OperatorEmit, Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { cast, equal, less, mul, number, scale, where } from "../../runtime/trace/math.ts";
import { sameSpace } from "./shared/family.ts";

export const hdr = defineNode({
  type: "operator/hdr",
  v: 1,
  title: "High dynamic range",
  summary:
    "A sensor that saturates: the signal is amplified and clipped. Not linear; the gradient is zero where it clips. The pseudo-inverse is the crude one of the papers, division by the gain. The projection is the authors': it keeps what is saturated in signal and measurement alike, and of a noisy measurement, one that comes with a scale other than 1, it believes the values below 1/2 only and does not scale them.",
  formula: "A(x) = \\operatorname{clip}(g\\,x, -1, 1)",
  symbols: { gain: "g" },
  source:
    "Chung et al. and DAPS (arXiv:2407.01521), HDR reconstruction with gain 2; projections as in ProjDiff's code (arXiv:2406.06959)",
  params: z.strictObject({
    gain: z.number().positive().max(1000).default(2).meta({
      description: "What the signal is amplified by before it is clipped; larger saturates more.",
    }),
  }),
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
        const size = emit.op("Abs", [scale(emit, x, gain)], {});
        const inside = emit.op("LessOrEqual", [size, number(emit, x, 1)], {});
        return scale(emit, mul(emit, r, cast(emit, inside, "float32")), gain);
      },
      pinv: (emit, y) => scale(emit, y, 1 / gain),
      projector: (emit, x) => scale(emit, clip(emit, scale(emit, x, gain)), 1 / gain),
      project: (emit, x, y, s) => projectSaturated(emit, { x, y, scale: s, gain }),
      equivalentVariance: (sigma) => sigma ** 2 / gain ** 2,
      lipschitz: gain ** 2,
    })),
  }),
});

const clip = (emit: Emit, x: Value) =>
  emit.op("Clip", [x, number(emit, x, -1), number(emit, x, 1)], {});

/** |x| ≥ limit. */
const atLeast = (emit: Emit, x: Value, limit: number) =>
  emit.op("GreaterOrEqual", [emit.op("Abs", [x], {}), number(emit, x, limit)], {});

interface Projected {
  readonly x: Value;
  readonly y: Value;
  readonly scale: Scalar;
  readonly gain: number;
}

/** y / gain where |y| is below the limit of what is believed, or where y is saturated and x would not be; x elsewhere. */
function projectSaturated(emit: OperatorEmit, { x, y, scale: s, gain }: Projected): Value {
  const known = less(emit, emit.op("Abs", [y], {}), believedBelow(emit, s, y.shape.length));
  const saturated = atLeast(emit, y, 1);
  const keeps = atLeast(emit, x, 1 / gain);
  const raised = emit.op("And", [saturated, emit.op("Not", [keeps], {})], {});
  return where(emit, emit.op("Or", [known, raised], {}), scale(emit, y, 1 / gain), x);
}

/** 1 for a measurement without noise, whose scale is 1; 1/2 for any other. */
function believedBelow(emit: OperatorEmit, s: Scalar, rank: number): Value {
  if (s.on === "host") return emit.scalar(mapHost([s.host], (value) => (value === 1 ? 1 : 0.5)));
  const given = emit.scalar(s, rank);
  const one = number(emit, given, 1);
  return where(emit, equal(emit, given, one), one, number(emit, given, 0.5));
}
