import { nativeRange } from "../network-time.ts";
import type { Parametrisation } from "../parametrisation.ts";
import type { Ask, State, Tick } from "./ask.ts";
import { standardNormals, type Reference } from "./references.ts";

/** What the network did at one noise level, the mean over the reference signals. */
export interface LevelResult {
  /** σ of x₀ + σε, data in [-1,1]. */
  readonly sigma: number;
  /** dB, after clamping to [-1,1]. */
  readonly noisyPsnr: number;
  readonly psnr: number;
  /** PSNR of the best answer that treats each pixel alone and linearly: what is won without a prior. */
  readonly shrunkPsnr: number;
  /** Variance of ε̂; of an exact denoiser it is `expectedEpsVariance` = 1 − error²/σ². */
  readonly epsVariance: number;
  readonly expectedEpsVariance: number;
  /** Root mean square of x₀ − x, in units of σ. */
  readonly change: number;
  /** NaN or infinite numbers came out. */
  readonly broken: boolean;
}

const wanted = [0.01, 0.03, 0.1, 0.25, 0.5, 1, 3, 10] as const;

/** The levels of the self-test, all inside the range that the network takes; at least six. */
function levelsFor(asked: Parametrisation): readonly number[] {
  const spread = (asked.dataRange[1] - asked.dataRange[0]) / 2;
  const [low, high] = nativeRange(asked).map((sigma) => sigma / spread);
  const inside = wanted.filter((sigma) => sigma >= (low ?? 0) && sigma <= (high ?? Infinity));
  if (inside.length >= 6) return inside;
  const [from, to] = [Math.log(Math.max(low ?? 0, 0.01)), Math.log(Math.min(high ?? 10, 10))];
  return Array.from({ length: 6 }, (_, i) => Math.exp(from + ((to - from) * i) / 5));
}

/** Every level of the self-test, lowest first. */
export async function measureLevels(
  ask: Ask,
  asked: Parametrisation,
  references: readonly Reference[],
  tick: Tick = () => {},
): Promise<readonly LevelResult[]> {
  const levels: LevelResult[] = [];
  const sigmas = levelsFor(asked);
  for (const [done, sigma] of sigmas.entries()) {
    await tick(done, sigmas.length);
    levels.push(await measureLevel(ask, asked, references, sigma));
  }
  return levels;
}

export function noisyState(reference: Reference, index: number, sigma: number): State {
  const key = `${index} ${sigma}`;
  const noise = standardNormals(`noise ${key}`, reference.values.length);
  const x = reference.values.map((value, i) => value + sigma * (noise[i] ?? 0));
  return { key, x, shape: reference.shape, level: { alpha: 1, sigma } };
}

async function measureLevel(
  ask: Ask,
  asked: Parametrisation,
  references: readonly Reference[],
  sigma: number,
): Promise<LevelResult> {
  const each: One[] = [];
  for (const [index, reference] of references.entries()) {
    const state = noisyState(reference, index, sigma);
    each.push(measureOne(reference, state, await ask(asked, state)));
  }
  const mean = (pick: (one: One) => number) =>
    each.reduce((sum, one) => sum + pick(one), 0) / each.length;
  return {
    sigma,
    noisyPsnr: mean((one) => one.noisyPsnr),
    psnr: mean((one) => one.psnr),
    shrunkPsnr: mean((one) => one.shrunkPsnr),
    epsVariance: mean((one) => one.epsVariance),
    expectedEpsVariance: mean((one) => 1 - one.mse / sigma ** 2),
    change: Math.sqrt(mean((one) => one.change)) / sigma,
    broken: each.some((one) => !Number.isFinite(one.mse)),
  };
}

type One = ReturnType<typeof measureOne>;

function measureOne(
  { values }: Reference,
  { x, level: { sigma } }: State,
  { x0, eps }: { readonly x0: Float64Array; readonly eps: Float64Array },
) {
  const mean = average(values);
  const variance = average(values.map((value) => (value - mean) ** 2));
  const keep = variance / (variance + sigma ** 2);
  return {
    noisyPsnr: psnr(x, values),
    psnr: psnr(x0, values),
    shrunkPsnr: psnr(
      x.map((value) => mean + keep * (value - mean)),
      values,
    ),
    mse: meanSquare(x0, values),
    change: meanSquare(x0, x),
    epsVariance: average(eps.map((value) => value ** 2)) - average(eps) ** 2,
  };
}

/**
 * How well a convention fits: mean over a few levels of −10 log₁₀ of the error relative to the
 * noise, in dB; 0 is an answer as bad as the noisy signal itself.
 */
export async function fitOf(
  ask: Ask,
  asked: Parametrisation,
  references: readonly Reference[],
  sigmas: readonly number[],
): Promise<number> {
  const gains: number[] = [];
  for (const [index, reference] of references.entries())
    for (const sigma of sigmas) {
      const state = noisyState(reference, index, sigma);
      const { x0 } = await ask(asked, state);
      const error = meanSquare(x0, reference.values);
      gains.push(Number.isFinite(error) ? -10 * Math.log10(error / sigma ** 2) : leastGain);
    }
  return average(gains.map((gain) => Math.max(gain, leastGain)));
}

/** dB: as badly as a convention can fit. */
export const leastGain = -60;

type Numbers = Float32Array | Float64Array;

function average(values: Numbers | readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function meanSquare(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum / a.length;
}

/** dB for a data range of 2, after clamping to [-1,1]; at most 120. */
function psnr(a: Numbers, clean: Numbers): number {
  const clamp = (value: number) => Math.min(Math.max(value, -1), 1);
  const mse = meanSquare(a.map(clamp), clean.map(clamp));
  return 10 * Math.log10(4 / Math.max(mse, 4e-12));
}
