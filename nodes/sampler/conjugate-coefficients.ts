import type { Level } from "../../runtime/graph/values.ts";
import type { ConjugatePath, Split } from "./conjugate-path.ts";
import { integrate } from "./quadrature.ts";

/** One conjugate step, with the inverse map at its end folded in, so that the state is x itself. */
export interface ConjugateCoefficients {
  readonly state: Split;
  readonly prediction: Split;
  readonly jacobian: Split;
  /** Coefficient of A⁺y, which lies in the range. */
  readonly measurement: number;
  /** Coefficients on A⁺(A⁺)ᵀ of A⁺y, of the prediction and of the Jacobian term. */
  readonly noise: {
    readonly measurement: number;
    readonly prediction: number;
    readonly jacobian: number;
  };
}

/**
 * From level to next: the drift λ x̄ by an Euler step, everything else integrated exactly with the
 * prediction held. On the range the exponents of both times are subtracted before exp, so nothing
 * is amplified and float32 tensors suffice.
 *
 * @param mode "code" reproduces the published flow code, which multiplies the Jacobian's integral
 *   by the step once more and leaves it unprojected.
 */
export function conjugateCoefficients(
  path: ConjugatePath,
  between: { readonly level: Level; readonly next: Level },
  { lambda, mode }: { readonly lambda: number; readonly mode: "derived" | "code" },
): ConjugateCoefficients {
  const [from, to] = [path.timeOf(between.level), path.timeOf(between.next)];
  const end = path.exponents(to);
  const start = path.exponents(from);
  const euler = 1 + lambda * (to - from);
  const onNull = (t: number) => Math.exp(path.exponents(t).null - end.null);
  const onRange = (t: number) => Math.exp(path.exponents(t).range - end.range);
  const sum = (f: (t: number) => number) => integrate(f, from, to);
  const asCoded = (split: keyof Split) =>
    (to - from) *
    sum((t) => path.rates(t).jacobian * Math.exp(path.exponents(t).range - end[split]));
  const noise = (rate: (t: number) => number) =>
    Math.exp(-end.range) * sum((t) => path.noiseTerm(t) * rate(t));
  return {
    state: {
      null: euler * Math.exp(start.null - end.null),
      range: euler * Math.exp(start.range - end.range),
    },
    prediction: {
      null: sum((t) => path.rates(t).prediction.null * onNull(t)),
      range: sum((t) => path.rates(t).prediction.range * onRange(t)),
    },
    jacobian:
      mode === "code"
        ? { null: asCoded("null"), range: asCoded("range") }
        : {
            null: sum((t) => path.rates(t).jacobian * onNull(t)),
            range: sum((t) => path.rates(t).jacobian * onRange(t)),
          },
    measurement: sum((t) => path.rates(t).measurement * onRange(t)),
    noise: {
      measurement: noise((t) => path.rates(t).measurement),
      prediction: noise((t) => path.rates(t).prediction.range),
      jacobian: noise((t) => path.rates(t).jacobian),
    },
  };
}
