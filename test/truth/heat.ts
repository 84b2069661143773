import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { nodeFeed, numberFeed, readGraph } from "../bench/subject.ts";
import type { Runner } from "./run-graph.ts";

/** How hot a Langevin chain on the likelihood alone ends. */
export interface Heat {
  readonly noiseStd: number;
  /** Standard deviation of the chain about the measurement over that of the likelihood, σ_y. */
  readonly literal: number;
  readonly tempered: number;
}

const step = 0.01;
/** The chain forgets its start by (1 − 2 step)^steps. */
const steps = 400;

/**
 * Runs the block SGLD on A = I and y = 0 until it is stationary, with the noise as printed, √(2 step), and with
 * that of the true likelihood, 2 σ_y √step. Its exact standard deviation is noise / √(1 − (1 − 2 step)²).
 */
export async function heatOf(noiseStd: number, runner: Runner, batch: number): Promise<Heat> {
  const spread = async (noise: number) => {
    const zeros = float32(new Float32Array(8), [1, 1, 2, 4]);
    const { outputs } = await runner.run({
      document: readGraph("graphs/blocks/sgld.json"),
      feeds: {
        x: { kind: "tensor", data: zeros },
        measurement: { kind: "tensor", data: zeros },
        operator: nodeFeed("operator/identity"),
        step: numberFeed(step),
        steps: numberFeed(steps),
        noise: numberFeed(noise),
      },
      batch,
      seed: 1,
    });
    const x = (outputs["x"] as TensorData).data as Float32Array;
    return Math.sqrt(x.reduce((sum, value) => sum + value ** 2, 0) / x.length);
  };
  return {
    noiseStd,
    literal: (await spread(Math.sqrt(2 * step))) / noiseStd,
    tempered: (await spread(2 * noiseStd * Math.sqrt(step))) / noiseStd,
  };
}
