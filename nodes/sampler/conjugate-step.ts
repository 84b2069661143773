import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { conjugateCoefficients, type ConjugateCoefficients } from "./conjugate-coefficients.ts";
import { conjugatePaths, pathNames } from "./conjugate-path.ts";
import { guidanceScalars, hostGuidance } from "./guidance.ts";

export const conjugateStep = defineNode({
  type: "sampler/conjugate-step",
  v: 1,
  title: "Conjugate step coefficients",
  summary:
    "Coefficients of one conjugate integrator step, computed on the host in float64 and folded so that the state stays x: those for the null space of A, those for its row space, and, with measurement noise, those on A⁺(A⁺)ᵀ. With weight 0 it is the plain exponential step of the flow.",
  formula:
    "x' = A_{t'}^{-1}\\Big[(1+\\lambda\\,\\Delta t)A_t x + \\Delta\\Phi_s\\,\\hat\\varepsilon + \\Delta\\Phi_y\\,A^{+}y + \\Delta\\Phi_j\\,J\\Big]",
  source:
    "C-PiGDM and C-PiGFM, arXiv:2405.17673; integrals by Gauss–Legendre quadrature in place of the authors' RK45",
  params: z.strictObject({
    path: z
      .enum(pathNames)
      .default("vp-linear")
      .meta({ description: "The path from data to noise that the flow follows." }),
    jacobian: z.enum(["derived", "code"]).default("derived").meta({
      description:
        "Whether the Jacobian of the map is the derived one or that of the authors' code.",
    }),
  }),
  scalars: guidanceScalars,
  inputs: { level: port.level(), next: port.level() },
  outputs: {
    stateNull: port.scalar(),
    stateRange: port.scalar(),
    predictionNull: port.scalar(),
    predictionRange: port.scalar(),
    jacobianNull: port.scalar(),
    jacobianRange: port.scalar(),
    measurementRange: port.scalar(),
    measurementNoise: port.scalar(),
    predictionNoise: port.scalar(),
    jacobianNoise: port.scalar(),
  },
  build({ params: { path, jacobian: mode }, scalars, inputs: { level, next }, ctx }) {
    const all = mapHost([hostGuidance(ctx, scalars), level, next], (guidance, from, to) =>
      conjugateCoefficients(
        conjugatePaths[path](guidance),
        { level: from, next: to },
        { lambda: guidance.lambda, mode },
      ),
    );
    const out = (read: (c: ConjugateCoefficients) => number): Scalar => ({
      on: "host",
      host: mapHost([all], read),
    });
    return {
      stateNull: out((c) => c.state.null),
      stateRange: out((c) => c.state.range),
      predictionNull: out((c) => c.prediction.null),
      predictionRange: out((c) => c.prediction.range),
      jacobianNull: out((c) => c.jacobian.null),
      jacobianRange: out((c) => c.jacobian.range),
      measurementRange: out((c) => c.measurement),
      measurementNoise: out((c) => c.noise.measurement),
      predictionNoise: out((c) => c.noise.prediction),
      jacobianNoise: out((c) => c.noise.jacobian),
    };
  },
});
