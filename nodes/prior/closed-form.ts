import type { Level, Prior, PriorContext, SignalRule } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Shape } from "../../runtime/tensor/tensor.ts";
import type { Host } from "../../runtime/trace/host.ts";
import { denoisedOf, epsOf, reread } from "./denoised.ts";

/** A prior whose posterior mean is written as equations. */
export interface ClosedForm {
  readonly label: string;
  whyNotShape(signal: Shape): string | null;
  readonly takes: SignalRule;
  /** E[x₀ | x = αx₀ + σε], of the shape of x. */
  posteriorMean(ctx: PriorContext, x: Value, level: Host<Level>): Value;
  readonly gaussians?: NonNullable<Prior["gaussians"]>;
}

/** Counts as one network evaluation a call, so that samplers stay comparable. */
export function closedFormPrior({ posteriorMean, ...columns }: ClosedForm): Prior {
  return {
    ...columns,
    denoise(ctx, { x, level, condition }) {
      const at = condition ?? level;
      const x0 = posteriorMean(ctx, x, at);
      ctx.countEvaluation(x0);
      const found = denoisedOf(ctx, { x0, eps: epsOf(ctx, x, x0, at) }, at);
      return condition === undefined ? found : reread(ctx, found, { x, level });
    },
  };
}

/** Signals of one shape, [channels, …spatial]. */
export function takesOnly([channels, ...spatial]: Shape): SignalRule {
  return { axes: spatial.length + 1, ...(channels !== undefined && { channels }), spatial };
}
