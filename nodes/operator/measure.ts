import { z } from "zod";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { stream } from "../common-params.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { add, div, mul, number, sub } from "../../runtime/trace/math.ts";
import { boundOperator } from "../space.ts";
import { poissonCounts } from "./shared/poisson.ts";

export const measure = defineNode({
  type: "operator/measure",
  v: 1,
  title: "Measure",
  summary:
    "What a sensor would record of a signal: the operator's output with noise on it, Gaussian of the given standard deviation unless another is chosen. With poisson, photons are counted: peak of them on average where the output is 1, none where it is dark or below; -1 is dark for pictures in [-1,1], 0 for magnitudes. With mixed, the Gaussian noise of reading out comes on top. Samples of one signal share one measurement.",
  formula:
    "y = A(x) + \\sigma_y\\, n,\\quad\\text{or}\\quad y = d + \\tfrac{1-d}{p}\\operatorname{Poisson}\\!\\big(p\\,\\tfrac{A(x)-d}{1-d}\\big)\\;[+\\,\\sigma_y\\, n]",
  symbols: { noiseStd: "\\sigma_y", peak: "p", dark: "d" },
  source:
    "Denoodle; Poisson noise as in Chung et al. 2023 (DPS), arXiv:2209.14687, whose rate 1 is a peak of 255",
  params: z.strictObject({
    stream,
    noise: z
      .enum(["gaussian", "poisson", "mixed"])
      .default("gaussian")
      .meta({ description: "The kind of noise that the sensor adds." }),
  }),
  scalars: z.strictObject({
    noiseStd: z.number().min(0).default(0.05).meta({
      description:
        "Standard deviation of the Gaussian noise, in the measurement's own values; pictures span 2.",
    }),
    peak: z.number().positive().default(255).meta({
      description: "Photons that are counted on average where the output is 1; fewer are noisier.",
    }),
    dark: z.number().lt(1).default(-1).meta({
      description: "The output at which no photon is counted: -1 for pictures, 0 for magnitudes.",
    }),
  }),
  inputs: { operator: port.operator(), x: port.signal() },
  outputs: { y: port.measurement() },
  build({ params, scalars, inputs: { operator, x }, ctx }) {
    const clean = boundOperator(operator).apply(ctx, x);
    const stream = params.stream ?? ctx.path;
    const drawn = (name: string) => ctx.noise(name, clean.shape.slice(1), { perSignal: true });
    if (params.noise === "gaussian")
      return { y: readOut(ctx, clean, drawn(stream), scalars.noiseStd) };
    const counted = countPhotons(ctx, clean, { ...scalars, normals: drawn(stream) });
    if (params.noise === "poisson") return { y: counted };
    return { y: readOut(ctx, counted, drawn(`${stream}/read-out`), scalars.noiseStd) };
  },
});

const readOut = (ctx: BuildContext, clean: Value, noise: Value, std: Scalar): Value =>
  add(ctx, clean, mul(ctx, noise, ctx.scalar(std, clean.shape.length)));

interface Photons {
  readonly peak: Scalar;
  readonly dark: Scalar;
  readonly normals: Value;
}

/** `clean` as counts of photons say it. A count has no gradient. */
function countPhotons(ctx: BuildContext, clean: Value, { peak, dark, normals }: Photons): Value {
  const floor = ctx.scalar(dark, clean.shape.length);
  const span = sub(ctx, number(ctx, floor, 1), floor);
  const perUnit = div(ctx, ctx.scalar(peak, clean.shape.length), span);
  const counts = poissonCounts(ctx, mul(ctx, sub(ctx, clean, floor), perUnit), normals);
  return ctx.op("Opaque", [add(ctx, div(ctx, counts, perUnit), floor), clean], {
    message: "A count of photons has no gradient, and the path of a gradient goes through one.",
    fix: "Stop the gradient before the measurement (gradient/stop), or measure with Gaussian noise.",
  });
}
