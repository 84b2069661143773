import { IssueError } from "../../runtime/base/issue.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { sameShape, type TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { runSmallGraph } from "./small-graph.ts";

/** One number a sample. */
export interface Metrics {
  /** dB; 120 for equal pictures. */
  readonly psnr?: readonly number[];
  readonly ssim?: readonly number[];
  /** What could not be measured, and why: sentences. */
  readonly leftOut: readonly string[];
}

const metricGraph = (metric: "psnr" | "ssim"): unknown => ({
  denoodle: 1,
  name: metric,
  inputs: { x: { kind: "signal" }, groundTruth: { kind: "signal" } },
  graph: {
    score: {
      type: `metric/${metric}`,
      v: 1,
      in: { x: "@x", groundTruth: "@groundTruth" },
    },
  },
  outputs: { score: `score.${metric}` },
  blocks: {},
});

/**
 * PSNR and SSIM of a batch of pictures against the truth, by the metric nodes on the cpu.
 *
 * @param truth one picture for all, or one for each.
 */
export async function measure(
  engine: EngineProcess,
  x: TensorData,
  truth: TensorData,
): Promise<Metrics> {
  if (!sameShape(x.shape.slice(1), truth.shape.slice(1)))
    return {
      leftOut: ["PSNR and SSIM are left out: the result has another shape than the image."],
    };
  const leftOut: string[] = [];
  const scores: { psnr?: readonly number[]; ssim?: readonly number[] } = {};
  for (const metric of ["psnr", "ssim"] as const)
    try {
      scores[metric] = await score(engine, metric, x, truth);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      leftOut.push(`${metric.toUpperCase()} is left out: ${error.issues[0]?.message ?? ""}`);
    }
  return { ...scores, leftOut };
}

async function score(
  engine: EngineProcess,
  metric: "psnr" | "ssim",
  x: TensorData,
  truth: TensorData,
): Promise<readonly number[]> {
  const outputs = await runSmallGraph(engine, metricGraph(metric), { x, groundTruth: truth });
  const result = outputs["score"];
  if (typeof result === "number") return [result];
  if (isTensor(result)) return Array.from(result.data as Float32Array);
  throw new Error(`internal: metric/${metric} gave no number`);
}

export function isTensor(result: Result | undefined): result is TensorData {
  return typeof result === "object" && "dtype" in result && "data" in result;
}
