import { unreachable } from "../../runtime/base/unreachable.ts";
import { alphaBars, indexOfRatio, ratioOfAlphaBar } from "./alpha-bars.ts";
import type { Parametrisation } from "./parametrisation.ts";

/** Noise levels beyond these are never asked for: ln σ and 1/σ stay well inside float32. */
const widest = [1e-6, 1e6] as const;

/** The noise levels σ of u₀ + σn that the network may be asked about. */
export function nativeRange(p: Parametrisation): readonly [number, number] {
  const [low, high] = p.sigmaRange ?? processRange(p);
  return [Math.max(low, widest[0]), Math.min(high, widest[1])];
}

function processRange(p: Parametrisation): readonly [number, number] {
  switch (p.process) {
    case "vp-discrete": {
      const table = alphaBars(p.betas);
      const at = (i: number) => ratioOfAlphaBar(table[i] ?? Number.NaN);
      return [at(0), at(table.length - 1)];
    }
    case "vp-continuous":
      return [widest[0], Math.sqrt(Math.expm1((p.betaMin + p.betaMax) / 2))];
    case "ve":
    // A flow network takes pure noise: any σ/α is a time.
    case "flow":
      return widest;
    default:
      return unreachable(p.process);
  }
}

/** What the network is told for the noise level `ratio` = σ of u₀ + σn; 0 where it is told nothing. */
export function networkTime(p: Parametrisation, ratio: number): number {
  switch (p.conditioning) {
    case "sigma":
      return ratio;
    case "log-sigma":
      return Math.log(ratio);
    // c_noise of EDM
    case "c-noise":
      return Math.log(ratio) / 4;
    case "index":
      return rounded(p, indexOfRatio(alphaBars(p.betas), ratio));
    case "time":
      return rounded(p, timeOfRatio(p, ratio) * p.timeScale);
    case "none":
      return 0;
    default:
      return unreachable(p.conditioning);
  }
}

function timeOfRatio(p: Parametrisation, ratio: number): number {
  switch (p.process) {
    // σ² = e^B − 1 with B = ∫β = betaMin t + (betaMax − betaMin) t²/2
    case "vp-continuous": {
      const B = Math.log1p(ratio ** 2);
      const slope = p.betaMax - p.betaMin;
      if (slope === 0) return B / p.betaMin;
      return (2 * B) / (p.betaMin + Math.sqrt(p.betaMin ** 2 + 2 * slope * B));
    }
    case "flow": {
      const noise = ratio / (1 + ratio);
      return p.dataTime === 1 ? 1 - noise : noise;
    }
    // The table read as time: entry i of N stands at (i + 1)/N.
    case "vp-discrete": {
      const table = alphaBars(p.betas);
      return (indexOfRatio(table, ratio) + 1) / table.length;
    }
    case "ve":
      return ratio;
    default:
      return unreachable(p.process);
  }
}

const tinyBelow = 1e-9;

function rounded({ timeRounding }: Parametrisation, value: number): number {
  switch (timeRounding) {
    case "none":
      return value;
    case "nearest":
      return Math.round(value);
    // A whole number that float64 arithmetic left just below itself is that number.
    case "truncate":
      return Math.floor(value + tinyBelow);
    default:
      return unreachable(timeRounding);
  }
}
