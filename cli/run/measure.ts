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
  /** Of sound, in dB: one entry a stem. */
  readonly siSdr?: readonly { readonly stem: string; readonly values: readonly number[] }[];
  /** What could not be measured, and why: sentences. */
  readonly leftOut: readonly string[];
}

interface Metric {
  readonly type: string;
  readonly output: string;
  readonly params?: Readonly<Record<string, unknown>>;
}
const pictureMetrics = {
  psnr: { type: "metric/psnr", output: "psnr" },
  ssim: { type: "metric/ssim", output: "ssim" },
} as const;

const metricGraph = ({ type, output, params }: Metric): unknown => ({
  denoodle: 1,
  name: output,
  inputs: { x: { kind: "signal" }, groundTruth: { kind: "signal" } },
  graph: {
    score: {
      type,
      v: 1,
      ...(params && { params }),
      in: { x: "@x", groundTruth: "@groundTruth" },
    },
  },
  outputs: { score: `score.${output}` },
  blocks: {},
});

/**
 * PSNR and SSIM of a batch of pictures, or SI-SDR of a batch of stems [N, stems, samples], against
 * the truth, by the metric nodes on the cpu.
 *
 * @param truth one signal for all, or one for each.
 * @param stems names of a sound's channels.
 */
export async function measure(
  engine: EngineProcess,
  x: TensorData,
  truth: TensorData,
  stems: readonly string[],
): Promise<Metrics> {
  if (!sameShape(x.shape.slice(1), truth.shape.slice(1)))
    return {
      leftOut: ["PSNR and SSIM are left out: the result has another shape than the image."],
    };
  if (x.shape.length === 3) return measureStems(engine, x, truth, stems);
  const leftOut: string[] = [];
  const scores: { psnr?: readonly number[]; ssim?: readonly number[] } = {};
  for (const metric of ["psnr", "ssim"] as const)
    try {
      scores[metric] = await score(engine, pictureMetrics[metric], x, truth);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      leftOut.push(`${metric.toUpperCase()} is left out: ${error.issues[0]?.message ?? ""}`);
    }
  return { ...scores, leftOut };
}

async function measureStems(
  engine: EngineProcess,
  x: TensorData,
  truth: TensorData,
  stems: readonly string[],
): Promise<Metrics> {
  const siSdr: { stem: string; values: readonly number[] }[] = [];
  for (const [index, stem] of stems.entries()) {
    const metric = { type: "metric/si-sdr", output: "siSdr", params: { stem: index } };
    siSdr.push({ stem, values: await score(engine, metric, x, truth) });
  }
  return { siSdr, leftOut: [] };
}

async function score(
  engine: EngineProcess,
  metric: Metric,
  x: TensorData,
  truth: TensorData,
): Promise<readonly number[]> {
  const outputs = await runSmallGraph(engine, metricGraph(metric), { x, groundTruth: truth });
  const result = outputs["score"];
  if (typeof result === "number") return [result];
  if (isTensor(result)) return Array.from(result.data as Float32Array);
  throw new Error(`internal: ${metric.type} gave no number`);
}

export function isTensor(result: Result | undefined): result is TensorData {
  return typeof result === "object" && "dtype" in result && "data" in result;
}
