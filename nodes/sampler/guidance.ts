import { z } from "zod";
import type { BuildContext } from "../../runtime/graph/define-node.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import { mapHost, type Host } from "../../runtime/trace/host.ts";
import { hostNumber } from "../scalars.ts";
import type { Guidance } from "./conjugate-path.ts";

/** The numbers of a conjugate integrator: w, λ, the authors' guard against dividing by 0, σ_y. */
export const guidanceScalars = z.strictObject({
  weight: z
    .number()
    .min(0)
    .default(2)
    .meta({ description: "Strength of the guidance, w; larger follows the measurement more." }),
  lambda: z
    .number()
    .default(0)
    .meta({ description: "Part of the linear drift that the conjugate map leaves in, λ." }),
  epsilon: z
    .number()
    .min(0)
    .default(1e-6)
    .meta({ description: "The authors' guard against dividing by 0." }),
  noiseStd: z.number().min(0).default(0).meta({
    description:
      "Standard deviation of the measurement's noise, in its own values; 0 is the noiseless method.",
  }),
});

export function hostGuidance(
  ctx: BuildContext,
  scalars: Readonly<Record<keyof z.infer<typeof guidanceScalars>, Scalar>>,
): Host<Guidance> {
  const host = (name: keyof typeof scalars) => hostNumber(ctx, scalars[name]);
  return mapHost(
    [host("weight"), host("lambda"), host("epsilon"), host("noiseStd")],
    (weight, lambda, epsilon, noiseStd) => ({ weight, lambda, epsilon, noiseStd }),
  );
}
