import { z } from "zod";
import { IssueError } from "../../base/issue.ts";
import { isTensor } from "../../execute/is-tensor.ts";
import { sameShape, type TensorData } from "../../tensor/tensor.ts";
import { runInstead, type Ran, type RunToEnd } from "./run-to-end.ts";

const oneEach = z.array(z.number()).readonly();

/** One number a sample. */
export const metricsMessage = z.object({
  /** dB; 120 for equal pictures. */
  psnr: z.exactOptional(oneEach),
  ssim: z.exactOptional(oneEach),
  /** Of sound, in dB: one entry a stem. */
  siSdr: z.exactOptional(z.array(z.object({ stem: z.string(), values: oneEach })).readonly()),
  /** What could not be measured, and why: sentences. */
  leftOut: z.array(z.string()).readonly(),
});
export type Metrics = Readonly<z.infer<typeof metricsMessage>>;

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

/** The engine, and on which of its backends. */
export interface Measuring {
  readonly runToEnd: RunToEnd;
  readonly on: Pick<Ran["options"], "backend" | "threads">;
}

/**
 * PSNR and SSIM of a batch of pictures, or SI-SDR of a batch of stems [N, stems, samples], against
 * the truth, by the metric nodes.
 *
 * @param truth one signal for all, or one for each.
 * @param stems names of a sound's channels.
 */
export async function measure(
  measuring: Measuring,
  x: TensorData,
  truth: TensorData,
  stems: readonly string[],
): Promise<Metrics> {
  if (!sameShape(x.shape.slice(1), truth.shape.slice(1)))
    return {
      leftOut: ["PSNR and SSIM are left out: the result has another shape than the image."],
    };
  if (x.shape.length === 3) return measureStems(measuring, x, truth, stems);
  const leftOut: string[] = [];
  const scores: { psnr?: readonly number[]; ssim?: readonly number[] } = {};
  for (const metric of ["psnr", "ssim"] as const)
    try {
      scores[metric] = await score(measuring, pictureMetrics[metric], x, truth);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      leftOut.push(`${metric.toUpperCase()} is left out: ${error.issues[0]?.message ?? ""}`);
    }
  return { ...scores, leftOut };
}

async function measureStems(
  measuring: Measuring,
  x: TensorData,
  truth: TensorData,
  stems: readonly string[],
): Promise<Metrics> {
  const siSdr: { stem: string; values: readonly number[] }[] = [];
  for (const [index, stem] of stems.entries()) {
    const metric = { type: "metric/si-sdr", output: "siSdr", params: { stem: index } };
    siSdr.push({ stem, values: await score(measuring, metric, x, truth) });
  }
  return { siSdr, leftOut: [] };
}

async function score(
  { runToEnd, on }: Measuring,
  metric: Metric,
  x: TensorData,
  truth: TensorData,
): Promise<readonly number[]> {
  const feed = (data: TensorData) => ({ kind: "tensor" as const, data });
  const ran = {
    compile: {
      feeds: { x: feed(x), groundTruth: feed(truth) },
      batch: Math.max(1, x.shape[0] ?? 1, truth.shape[0] ?? 1),
      assets: { tensors: new Map(), models: new Map() },
    },
    options: { ...on, seed: 0 },
  };
  const { score: result } = await runInstead(runToEnd, ran, metricGraph(metric));
  if (typeof result === "number") return [result];
  if (isTensor(result)) return Array.from(result.data as Float32Array);
  throw new Error(`internal: ${metric.type} gave no number`);
}
