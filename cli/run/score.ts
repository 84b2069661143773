import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { baselineOf } from "./baseline.ts";
import { isTensor, measure, type Metrics } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import { soundOf, stemNames } from "./sound.ts";

/** How good a run's result is, and what it is to be compared with. */
export interface Scores {
  readonly restored: Metrics;
  /** What the measurement gives without a prior. */
  readonly baseline: { readonly picture: TensorData; readonly metrics: Metrics } | null;
  /** What could not be told, and why: sentences. */
  readonly leftOut: readonly string[];
}

/** Scores the output x0 and the baseline against the output image. */
export async function score(
  engine: EngineProcess,
  prepared: Prepared,
  outcome: Outcome,
): Promise<Scores> {
  const { x0, image } = outcome.outputs;
  if (outcome.status !== "done") return nothing("the run did not get to its end");
  if (!isTensor(x0))
    return isTensor(image) ? nothing("the graph has no output named x0") : nothing();
  const { picture, leftOut } = await baselineOf(engine, prepared, outcome);
  const truth = isTensor(image) ? image : null;
  const stems = stemNames(soundOf(prepared), x0.shape[1] ?? 1);
  const restored = await against(engine, x0, truth, stems);
  const baseline =
    picture === null ? null : { picture, metrics: await against(engine, picture, truth, stems) };
  return { restored, baseline, leftOut: [...restored.leftOut, ...leftOut] };
}

function against(
  engine: EngineProcess,
  x: TensorData,
  truth: TensorData | null,
  stems: readonly string[],
): Promise<Metrics> | Metrics {
  return truth === null
    ? without("there is no ground truth to compare with")
    : measure(engine, x, truth, stems);
}

const without = (why: string): Metrics => ({ leftOut: [`PSNR and SSIM are left out: ${why}.`] });

function nothing(why?: string): Scores {
  const restored = why === undefined ? { leftOut: [] } : without(why);
  return { restored, baseline: null, leftOut: restored.leftOut };
}
