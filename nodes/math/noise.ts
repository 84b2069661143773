import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { mul } from "../../runtime/trace/math.ts";
import { spaceOf } from "../space.ts";

export const noise = defineNode({
  type: "math/noise",
  v: 1,
  title: "Noise",
  summary:
    "Standard normal noise of an operator's signal space or of another tensor's shape, times the noise part of a level where one is wired. Drawn once an iteration of the zone that holds the node.",
  formula: "\\sigma\\,\\varepsilon,\\quad \\varepsilon\\sim\\mathcal N(0, I)",
  source: "Denoodle",
  params: z.strictObject({ stream }),
  scalars: z.strictObject({}),
  inputs: {
    space: optional(port.operator()),
    like: optional(port.tensor()),
    level: optional(port.level()),
  },
  outputs: { x: port.signal() },
  build({ params, inputs: { space, like, level }, ctx }) {
    const x = ctx.noise(params.stream ?? ctx.path, spaceOf({ space, like }));
    if (level === undefined) return { x };
    return { x: mul(ctx, x, ctx.scalar(mapHost([level], ({ sigma }) => sigma))) };
  },
});
