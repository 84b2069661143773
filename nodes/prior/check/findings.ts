import type { LevelResult } from "./measure.ts";

/** One thing that was looked at. `message` is a whole sentence. */
export interface Finding {
  readonly verdict: "pass" | "warn" | "fail";
  readonly message: string;
}

/** What the levels say, in words. */
export function findingsOf(levels: readonly LevelResult[]): readonly Finding[] {
  if (levels.some(({ broken }) => broken))
    return [
      fail(
        `The answer holds NaN or infinite numbers at σ = ${list(levels.filter((l) => l.broken))}.`,
      ),
    ];
  return [beatsInput(levels), beatsShrinking(levels), leavesClean(levels), isCalibrated(levels)];
}

const pass = (message: string): Finding => ({ verdict: "pass", message });
const warn = (message: string): Finding => ({ verdict: "warn", message });
const fail = (message: string): Finding => ({ verdict: "fail", message });

const list = (levels: readonly LevelResult[]) => levels.map(({ sigma }) => round(sigma)).join(", ");
const round = (value: number) => String(Number(value.toPrecision(3)));

function beatsInput(levels: readonly LevelResult[]): Finding {
  const worse = levels.filter(({ psnr, noisyPsnr }) => psnr <= noisyPsnr);
  if (worse.length > 0)
    return fail(`Its answer is no better than the noisy signal at σ = ${list(worse)}.`);
  const gains = levels.map(({ psnr, noisyPsnr }) => psnr - noisyPsnr);
  return pass(
    `It beats the noisy signal at all ${levels.length} noise levels, by ${round(Math.min(...gains))} to ${round(Math.max(...gains))} dB.`,
  );
}

/** A prior knows more than the mean and variance of a picture; far out it need not. */
function beatsShrinking(levels: readonly LevelResult[]): Finding {
  const looked = levels.filter(({ sigma }) => sigma >= 0.05 && sigma <= 1);
  const worse = looked.filter(({ psnr, shrunkPsnr }) => psnr <= shrunkPsnr);
  if (looked.length === 0)
    return warn("No level between 0.05 and 1 was in its range, where a prior matters most.");
  if (worse.length > 0)
    return fail(`Shrinking each pixel towards the picture's mean is better at σ = ${list(worse)}.`);
  return pass("Between σ = 0.05 and 1 it beats what can be won pixel by pixel.");
}

const mostChange = 1.5;

function leavesClean(levels: readonly LevelResult[]): Finding {
  const [lowest] = levels.toSorted((a, b) => a.sigma - b.sigma);
  if (lowest === undefined || lowest.sigma > 0.05)
    return warn(
      "Its range begins above σ = 0.05, so that near-identity at little noise was not looked at.",
    );
  const text = `At σ = ${round(lowest.sigma)} it changes the signal by ${round(lowest.change)} σ`;
  return lowest.change <= mostChange
    ? pass(`${text}: near the identity where there is little noise.`)
    : fail(`${text}: it should hardly change a signal with little noise.`);
}

const calibration = { warn: 0.15, fail: 0.5 };

/** For the exact posterior mean E ε̂² = 1 − E‖x̂₀ − x₀‖²/σ². */
function isCalibrated(levels: readonly LevelResult[]): Finding {
  const off = (l: LevelResult) => Math.abs(l.epsVariance - l.expectedEpsVariance);
  const most = levels.reduce((a, b) => (off(b) > off(a) ? b : a));
  const text = `ε̂ has variance ${round(most.epsVariance)} at σ = ${round(most.sigma)}, where the exact denoiser of its error would have ${round(most.expectedEpsVariance)}`;
  if (off(most) > calibration.fail) return fail(`${text}.`);
  if (off(most) > calibration.warn) return warn(`${text}; elsewhere it is nearer.`);
  const highest = levels.reduce((a, b) => (b.sigma > a.sigma ? b : a));
  return pass(
    `ε̂ has the variance that it should have, within ${round(off(most))} at every level (${round(highest.epsVariance)} at σ = ${round(highest.sigma)}).`,
  );
}
