import type { Level } from "../../runtime/graph/values.ts";
import { betaAt, betaIntegral, vpSdeLevel, vpSdeTime } from "../schedule/vp-sde.ts";

/** A number for the null space of the operator and one for its row space (the range of P = A⁺A). */
export interface Split {
  readonly null: number;
  readonly range: number;
}

export interface Guidance {
  /** w: strength of the guidance. */
  readonly weight: number;
  /** λ: part of the drift that the map leaves in. */
  readonly lambda: number;
  /** Added to sigma where it divides, as in the authors' code. */
  readonly epsilon: number;
  /** Standard deviation of the measurement noise; 0: the map without its noise term. */
  readonly noiseStd: number;
}

/**
 * A guided probability flow in the form dx/dt = (linear in x and P x) + (the rest), and its
 * conjugate map A_t = exp(exponents.null)(I − P) + exp(exponents.range) P, which removes the
 * linear part but λ x. `rates` are the rates of what drives the mapped state, without the factor A_t.
 */
export interface ConjugatePath {
  timeOf(level: Level): number;
  exponents(t: number): Split;
  /** Rates of the prediction (ε or velocity), its vector-Jacobian product, and A⁺y, per unit of time. */
  rates(t: number): {
    readonly prediction: Split;
    readonly jacobian: number;
    readonly measurement: number;
  };
  /** First-order noise term of the map, on A⁺(A⁺)ᵀ: k₃ of section 3.4's expansion. */
  noiseTerm(t: number): number;
}

/**
 * C-PiGDM (arXiv:2405.17673, section 3) on the variance preserving SDE with beta 0.1 … 20; the
 * prediction is ε. The likelihood's score is w μ² (∂x̂₀/∂x)ᵀ(A⁺y − P x̂₀).
 */
export function vpPath({ weight: w, lambda, epsilon, noiseStd }: Guidance): ConjugatePath {
  const sde = { betaMin: 0.1, betaMax: 20 };
  const exponents = (t: number) => {
    const integral = betaIntegral(sde, t);
    const k1 = lambda * t + integral / 2;
    return { null: k1, range: k1 - (w / 2) * integral };
  };
  return {
    timeOf: ({ alpha, sigma }) => vpSdeTime(sde, sigma / alpha),
    exponents,
    rates(t) {
      const half = betaAt(sde, t) / 2;
      const { alpha, sigma } = vpSdeLevel(sde, t);
      const free = half / (sigma + epsilon);
      return {
        prediction: { null: free, range: free - half * w * sigma },
        jacobian: half * w * sigma * alpha,
        measurement: -half * w * alpha,
      };
    },
    noiseTerm(t) {
      const { range } = exponents(t);
      const log = Math.log(Math.expm1(betaIntegral(sde, t)) + epsilon);
      return (w / 2) * Math.expm1(range) * noiseStd ** 2 * log;
    },
  };
}

/** C-PiGFM on straight paths x = t x₁ + (1 − t) ε; the prediction is the velocity. */
export function flowPath({ weight: w, lambda }: Guidance): ConjugatePath {
  return {
    timeOf: ({ alpha, sigma }) => alpha / (alpha + sigma),
    exponents(t) {
      const a = lambda * t;
      return { null: a, range: a + w * (t ** 2 / 2 - t ** 3 / 3) };
    },
    rates(t) {
      const pull = w * t * (1 - t);
      return {
        prediction: { null: 1, range: 1 - pull * (1 - t) },
        jacobian: pull * (1 - t),
        measurement: pull,
      };
    },
    noiseTerm: () => 0,
  };
}

export const conjugatePaths = { "vp-linear": vpPath, "optimal-transport": flowPath } as const;
export const pathNames = ["vp-linear", "optimal-transport"] as const;
