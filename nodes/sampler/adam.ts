import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { add, div, mul, sub } from "../../runtime/trace/math.ts";
import { hostNumber } from "../scalars.ts";

export const adam = defineNode({
  type: "sampler/adam",
  v: 1,
  title: "Adam step",
  summary:
    "One step of the Adam optimiser. Its two moments are states of the zone around it; iteration counts from 0 (wire @k).",
  formula:
    "x - \\eta\\,\\frac{m/(1-\\beta_1^{k+1})}{\\sqrt{v/(1-\\beta_2^{k+1})}+\\epsilon},\\quad m \\leftarrow \\beta_1 m + (1-\\beta_1) g,\\; v \\leftarrow \\beta_2 v + (1-\\beta_2) g^2",
  symbols: { learningRate: "\\eta" },
  source: "Kingma and Ba 2015, arXiv:1412.6980, algorithm 1",
  params: z.strictObject({}),
  scalars: z.strictObject({
    learningRate: z.number().positive().default(0.1).meta({
      description: "What the direction is multiplied by; larger goes further, and may overshoot.",
    }),
    beta1: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .meta({ description: "How much of the mean gradient before is kept." }),
    beta2: z
      .number()
      .min(0)
      .lt(1)
      .default(0.999)
      .meta({ description: "How much of the mean squared gradient before is kept." }),
    epsilon: z
      .number()
      .positive()
      .default(1e-8)
      .meta({ description: "Keeps the division from 0." }),
    iteration: z.number().min(0).default(0).meta({
      description: "Steps made before this one, from 0; corrects the means while they are young.",
    }),
  }),
  inputs: { x: port.signal(), gradient: port.signal(), m: port.signal(), v: port.signal() },
  outputs: { x: port.signal(), m: port.signal(), v: port.signal() },
  build({ scalars, inputs: { x, gradient, m, v }, ctx }) {
    const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
    const mix = (old: typeof x, fresh: typeof x, beta: "beta1" | "beta2") =>
      add(
        ctx,
        mul(ctx, old, ctx.scalar(host(beta))),
        mul(ctx, fresh, ctx.scalar(mapHost([host(beta)], (b) => 1 - b))),
      );
    const corrected = (moment: typeof x, beta: "beta1" | "beta2") =>
      mul(
        ctx,
        moment,
        ctx.scalar(mapHost([host(beta), host("iteration")], (b, k) => 1 / (1 - b ** (k + 1)))),
      );
    const mNext = mix(m, gradient, "beta1");
    const vNext = mix(v, mul(ctx, gradient, gradient), "beta2");
    const root = ctx.op("Sqrt", [corrected(vNext, "beta2")], {});
    const direction = div(
      ctx,
      corrected(mNext, "beta1"),
      add(ctx, root, ctx.scalar(scalars.epsilon)),
    );
    return {
      x: sub(ctx, x, mul(ctx, direction, ctx.scalar(scalars.learningRate))),
      m: mNext,
      v: vNext,
    };
  },
});
