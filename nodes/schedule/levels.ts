import type { Level, Schedule } from "../../runtime/graph/values.ts";

/** A variance exploding level: x = x0 + sigma eps. */
export const ve = (sigma: number): Level => ({ alpha: 1, sigma });

/** A variance preserving level: x = √ᾱ x0 + √(1−ᾱ) eps. */
export const vp = (alphaBar: number): Level => ({
  alpha: Math.sqrt(alphaBar),
  sigma: Math.sqrt(Math.max(0, 1 - alphaBar)),
});

/** Visits all points but the last, which is where the last step goes. */
export function scheduleThrough(points: readonly Level[]): Schedule {
  return { levels: points.slice(0, -1), nextLevels: points.slice(1) };
}

/** `count` numbers evenly spaced in the `rho`-th root, from `max` down to `min`, both included. */
export function polynomialRamp(
  count: number,
  range: { readonly max: number; readonly min: number; readonly rho: number },
): readonly number[] {
  const { max, min, rho } = range;
  if (count <= 1) return [max];
  const [from, to] = [max ** (1 / rho), min ** (1 / rho)];
  return Array.from({ length: count }, (_, i) => (from + (i / (count - 1)) * (to - from)) ** rho);
}

/** ᾱ of 1000 linear betas, cumulated in float32 as in the DDPM code bases; index −1 is 1. */
export function alphaBarTable(
  betaStart: number,
  betaEnd: number,
  count: number,
): readonly number[] {
  const table: number[] = [];
  let product = 1;
  for (let i = 0; i < count; i += 1) {
    const beta = Math.fround(betaStart + (i / (count - 1)) * (betaEnd - betaStart));
    product = Math.fround(product * Math.fround(1 - beta));
    table.push(product);
  }
  return table;
}
