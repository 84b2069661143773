import { unreachable } from "../../runtime/base/unreachable.ts";
import type { Level } from "../../runtime/graph/values.ts";
import { nativeRange, networkTime } from "./network-time.ts";
import type { Parametrisation, Process } from "./parametrisation.ts";

/** A quantity as x·(state) + net·(network output) + constant. */
export interface Reading {
  readonly x: number;
  readonly net: number;
  readonly constant: number;
}

/** How the network is asked about one state, and how its answer is read. All float64. */
export interface Question {
  /** The network sees gain·x + offset. */
  readonly gain: number;
  readonly offset: number;
  /** The number it is told; 0 where it is told nothing. */
  readonly time: number;
  readonly x0: Reading;
  readonly eps: Reading;
}

/**
 * The question for a state x = αx₀ + σε. A universal denoiser is D(x; α, σ) = D_VE(x/α; σ/α); in
 * the network's own process the same state is u = αₙu₀ + σₙε with the same σ/α, so that both are
 * multiples of each other. Outside the network's range of noise levels the nearest level in range
 * is asked: above it x is scaled so that its noise has the size that the network expects, below
 * it so that its signal has.
 */
export function askNetwork(p: Parametrisation, level: Level): Question {
  const [low, high] = p.dataRange;
  const [spread, middle] = [(high - low) / 2, (high + low) / 2];
  const ratio = (spread * level.sigma) / level.alpha;
  const [lowest, highest] = nativeRange(p);
  const asked = Math.min(Math.max(ratio, lowest), highest);
  const native = nativeLevel(p.process, asked);
  const gain = ratio > highest ? native.sigma / level.sigma : (native.alpha * spread) / level.alpha;
  const offset = native.alpha * middle;
  const own = ownReadings(p, native);
  const input = inputScale(p, native);
  const x0 = {
    x: (own.x0.x * gain) / spread,
    net: own.x0.net / spread,
    constant: (own.x0.x * offset - middle) / spread,
  };
  const eps = { x: own.eps.x * gain, net: own.eps.net, constant: own.eps.x * offset };
  return {
    gain: gain * input,
    offset: offset * input,
    time: networkTime(p, asked),
    ...consistent(level, { x0, eps }, { below: ratio < lowest, above: ratio > highest }),
  };
}

type Readings = Pick<Question, "x0" | "eps">;
const nothing: Reading = { x: 0, net: 0, constant: 0 };

/** Makes x = αx₀ + σε hold where the network was asked at another level; without noise x is clean. */
function consistent(
  { alpha, sigma }: Level,
  { x0, eps }: Readings,
  { below, above }: { readonly below: boolean; readonly above: boolean },
): Readings {
  if (sigma === 0) return { x0: { ...nothing, x: 1 / alpha }, eps: nothing };
  if (above) return { x0, eps: without(x0, alpha, sigma) };
  return { x0: below ? without(eps, sigma, alpha) : x0, eps };
}

/** (x − factor·part)/divisor. */
function without(part: Reading, factor: number, divisor: number): Reading {
  return {
    x: (1 - factor * part.x) / divisor,
    net: (-factor * part.net) / divisor,
    constant: (-factor * part.constant) / divisor,
  };
}

/** The level of noise-to-signal ratio `ratio` in a process. */
export function nativeLevel(process: Process, ratio: number): Level {
  switch (process) {
    case "ve":
      return { alpha: 1, sigma: ratio };
    case "vp-discrete":
    case "vp-continuous":
      return { alpha: 1 / Math.hypot(1, ratio), sigma: ratio / Math.hypot(1, ratio) };
    case "flow":
      return { alpha: 1 / (1 + ratio), sigma: ratio / (1 + ratio) };
    default:
      return unreachable(process);
  }
}

/** The raw network of EDM sees c_in u. */
function inputScale({ predicts, sigmaData }: Parametrisation, { alpha, sigma }: Level): number {
  return predicts === "edm" ? 1 / Math.hypot(sigma, alpha * sigmaData) : 1;
}

interface Own {
  readonly x: number;
  readonly net: number;
}

/** u₀ and ε from the network's own state u and its output. */
function ownReadings(
  p: Parametrisation,
  { alpha, sigma }: Level,
): { readonly x0: Own; readonly eps: Own } {
  const perSigma = sigma > 0 ? 1 / sigma : 0;
  switch (p.predicts) {
    case "x0":
      return { x0: { x: 0, net: 1 }, eps: { x: perSigma, net: -alpha * perSigma } };
    case "eps":
      return { x0: { x: 1 / alpha, net: -sigma / alpha }, eps: { x: 0, net: 1 } };
    // score = −ε/σ
    case "score":
      return { x0: { x: 1 / alpha, net: sigma ** 2 / alpha }, eps: { x: 0, net: -sigma } };
    // v = αε − σu₀
    case "v": {
      const power = alpha ** 2 + sigma ** 2;
      return {
        x0: { x: alpha / power, net: -sigma / power },
        eps: { x: sigma / power, net: alpha / power },
      };
    }
    // du/dt = u₀ − ε in the time whose end is the data, its negative in the other
    case "velocity": {
      const sign = p.dataTime === 1 ? 1 : -1;
      const sum = alpha + sigma;
      return {
        x0: { x: 1 / sum, net: (sign * sigma) / sum },
        eps: { x: 1 / sum, net: (-sign * alpha) / sum },
      };
    }
    case "edm":
      return edmReadings(p.sigmaData, { alpha, sigma });
    default:
      return unreachable(p.predicts);
  }
}

/** D = c_skip u + c_out F; Karras et al. 2022, arXiv:2206.00364, table 1. */
function edmReadings(sigmaData: number, { alpha, sigma }: Level) {
  const power = sigma ** 2 + (alpha * sigmaData) ** 2;
  const skip = (alpha * sigmaData ** 2) / power;
  const out = (sigma * sigmaData) / Math.sqrt(power);
  // (u − αD)/σ, where 1 − α c_skip = σ²/power
  return {
    x0: { x: skip, net: out },
    eps: { x: sigma / power, net: (-alpha * sigmaData) / Math.sqrt(power) },
  };
}
