import { issueError } from "../../runtime/base/issue.ts";
import { cureOf } from "./shape-cure.ts";
import type { Denoised, Level, Prior, PriorContext } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { mapHost, type Host } from "../../runtime/trace/host.ts";
import { add, mul, neg, sub } from "../../runtime/trace/math.ts";

/** `x` times a host number; nothing is written for a number that is known to be 1. */
export function times(ctx: PriorContext, x: Value, factor: Host<number>): Value {
  return factor.known?.value === 1 ? x : mul(ctx, x, ctx.scalar(factor));
}

/** ε = (x − αx₀)/σ; 0 where there is no noise. */
export function epsOf(ctx: PriorContext, x: Value, x0: Value, level: Host<Level>): Value {
  const alpha = mapHost([level], (l) => l.alpha);
  const perSigma = mapHost([level], ({ sigma }) => (sigma > 0 ? 1 / sigma : 0));
  return times(ctx, sub(ctx, x, times(ctx, x0, alpha)), perSigma);
}

/** x₀ = (x − σε)/α; 0 where there is no signal. */
export function x0Of(ctx: PriorContext, x: Value, eps: Value, level: Host<Level>): Value {
  const sigma = mapHost([level], (l) => l.sigma);
  const perAlpha = mapHost([level], ({ alpha }) => (alpha > 0 ? 1 / alpha : 0));
  return times(ctx, sub(ctx, x, times(ctx, eps, sigma)), perAlpha);
}

/** Every form of a denoiser's answer: v = αε − σx₀, score = −ε/σ (0 where there is no noise). */
export function denoisedOf(
  ctx: PriorContext,
  { x0, eps }: Pick<Denoised, "x0" | "eps">,
  level: Host<Level>,
): Denoised {
  const alpha = mapHost([level], (l) => l.alpha);
  const minusSigma = mapHost([level], (l) => -l.sigma);
  const perSigma = mapHost([level], ({ sigma }) => (sigma > 0 ? 1 / sigma : 0));
  return {
    x0,
    eps,
    v: add(ctx, times(ctx, eps, alpha), times(ctx, x0, minusSigma)),
    score: neg(ctx, times(ctx, eps, perSigma)),
  };
}

/**
 * The answer at the sampler's level of a denoiser whose ε was found at `condition`: the same ε,
 * with x₀ = (x − σε)/α of `level`.
 */
export function reread(
  ctx: PriorContext,
  found: Denoised,
  { x, level }: { readonly x: Value; readonly level: Host<Level> },
): Denoised {
  const { eps, variance } = found;
  const denoised = denoisedOf(ctx, { x0: x0Of(ctx, x, eps, level), eps }, level);
  return variance === undefined ? denoised : { ...denoised, variance };
}

/** @throws IssueError `prior.shape` when the prior cannot take a batch of this shape. */
export function requireShape(prior: Prior, x: Value): void {
  const signal = x.shape.slice(1);
  const why = prior.whyNotShape(signal);
  if (why !== null)
    throw issueError("prior.shape", why, { port: "x" }, { fix: cureOf(prior, signal) });
}
