/**
 * The continuous variance preserving SDE: beta(t) = betaMin + (betaMax − betaMin) t, t in [0,1],
 * B(t) = ∫₀ᵗ beta, alpha = exp(−B/2), sigma = √(1 − exp(−B)) (Song et al. 2021, arXiv:2011.13456, eq. 29–33).
 */
export interface VpSde {
  readonly betaMin: number;
  readonly betaMax: number;
}

export const betaAt = ({ betaMin, betaMax }: VpSde, t: number): number =>
  betaMin + (betaMax - betaMin) * t;

export const betaIntegral = ({ betaMin, betaMax }: VpSde, t: number): number =>
  betaMin * t + ((betaMax - betaMin) * t ** 2) / 2;

/** The level of time t; sigma without cancellation where t is small. */
export function vpSdeLevel(sde: VpSde, t: number): { alpha: number; sigma: number } {
  const integral = betaIntegral(sde, t);
  return { alpha: Math.exp(-integral / 2), sigma: Math.sqrt(-Math.expm1(-integral)) };
}

/** The time at which the SDE has the given signal-to-noise ratio: B(t) = ln(1 + (sigma/alpha)²). */
export function vpSdeTime({ betaMin, betaMax }: VpSde, ratio: number): number {
  const integral = Math.log1p(ratio ** 2);
  const slope = betaMax - betaMin;
  // The root of slope t²/2 + betaMin t = B, in the form that does not cancel for small B; slope 0 included.
  return (2 * integral) / (betaMin + Math.sqrt(betaMin ** 2 + 2 * slope * integral));
}
