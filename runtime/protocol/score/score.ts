import { isTensor } from "../../execute/is-tensor.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import { baselineOf } from "./baseline.ts";
import { measure, type Measuring, type Metrics } from "./measure.ts";
import type { Outputs, Ran } from "./run-to-end.ts";
import { soundCardIn, stemNames } from "./sound-card.ts";

/** How good a run's result is, and what it is to be compared with. */
export interface Scores {
  readonly restored: Metrics;
  /** What the measurement gives without a prior. */
  readonly baseline: { readonly picture: TensorData; readonly metrics: Metrics } | null;
  /** What could not be told, and why: sentences. */
  readonly leftOut: readonly string[];
}

/** Scores the output x0 of a run that has ended, and the baseline, against the output image. */
export async function score(measuring: Measuring, ran: Ran, outputs: Outputs): Promise<Scores> {
  const { x0, image } = outputs;
  if (!isTensor(x0))
    return isTensor(image) ? noScores("the graph has no output named x0") : noScores();
  const { picture, leftOut } = await baselineOf(measuring, ran, outputs);
  const truth = isTensor(image) ? image : null;
  const stems = stemNames(soundCardIn(ran.compile.assets.models.values()), x0.shape[1] ?? 1);
  const against = (x: TensorData): Promise<Metrics> | Metrics =>
    truth === null
      ? without("there is no ground truth to compare with")
      : measure(measuring, x, truth, stems);
  const restored = await against(x0);
  const baseline = picture === null ? null : { picture, metrics: await against(picture) };
  return { restored, baseline, leftOut: [...restored.leftOut, ...leftOut] };
}

const without = (why: string): Metrics => ({ leftOut: [`PSNR and SSIM are left out: ${why}.`] });

/** @param why null where nobody would expect scores. */
export function noScores(why?: string): Scores {
  const restored = why === undefined ? { leftOut: [] } : without(why);
  return { restored, baseline: null, leftOut: restored.leftOut };
}
