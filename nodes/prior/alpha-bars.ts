import type { Betas } from "./parametrisation.ts";
import { unreachable } from "../../runtime/base/unreachable.ts";

const tables = new Map<string, Float64Array>();

/**
 * ᾱ(t) = Π_{s≤t} (1 − β_s), t = 0 … steps − 1, strictly falling; float64.
 *
 * @see Ho et al. 2020, arXiv:2006.11239 (linear); Nichol and Dhariwal 2021, arXiv:2102.09672, eq. 17 (cosine);
 * Rombach et al. 2022, arXiv:2112.10752 (scaled-linear: linear in √β).
 */
export function alphaBars(betas: Betas): Float64Array {
  const key = JSON.stringify(betas);
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table =
    betas.kind === "table" ? Float64Array.from(betas.alphaBars) : products(betasOf(betas));
  tables.set(key, table);
  return table;
}

type Rule = Exclude<Betas, { kind: "table" }>;

function betasOf(rule: Rule): readonly number[] {
  const at = (i: number) => i / (rule.steps - 1);
  switch (rule.kind) {
    case "linear":
      return indices(rule.steps).map((i) => rule.from + (rule.to - rule.from) * at(i));
    case "scaled-linear": {
      const [from, to] = [Math.sqrt(rule.from), Math.sqrt(rule.to)];
      return indices(rule.steps).map((i) => (from + (to - from) * at(i)) ** 2);
    }
    case "cosine": {
      const { offset, steps, maxBeta } = rule;
      const bar = (t: number) =>
        Math.cos(((t / steps + offset) / (1 + offset)) * (Math.PI / 2)) ** 2;
      return indices(steps).map((i) => Math.min(1 - bar(i + 1) / bar(i), maxBeta));
    }
    default:
      return unreachable(rule);
  }
}

const indices = (steps: number) => Array.from({ length: steps }, (_, i) => i);

function products(values: readonly number[]): Float64Array {
  let product = 1;
  return Float64Array.from(values, (beta) => (product *= 1 - beta));
}

/** The noise level σ = √((1 − ᾱ)/ᾱ) of u₀ + σn. */
export const ratioOfAlphaBar = (alphaBar: number) => Math.sqrt((1 - alphaBar) / alphaBar);

/**
 * Where a noise level stands in the table, as a real index: between two entries by linear
 * interpolation of ln σ, outside the table its end.
 */
export function indexOfRatio(table: Float64Array, ratio: number): number {
  const logAt = (i: number) => Math.log(ratioOfAlphaBar(table[i] ?? Number.NaN));
  const wanted = Math.log(ratio);
  let low = 0;
  let high = table.length - 1;
  if (!(wanted > logAt(low))) return low;
  if (wanted >= logAt(high)) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (logAt(middle) <= wanted) low = middle;
    else high = middle;
  }
  return low + (wanted - logAt(low)) / (logAt(high) - logAt(low));
}
