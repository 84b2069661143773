import { IssueError } from "../../runtime/base/issue.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { sameShape, type TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";

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

/** Runs a graph without noise or loops on tensors, on the cpu, and returns its outputs. */
export async function runSmallGraph(
  engine: EngineProcess,
  file: unknown,
  inputs: Readonly<Record<string, TensorData>>,
): Promise<Readonly<Record<string, Result>>> {
  const { document, issues } = readDocument(file);
  if (document === null) throw new IssueError(issues);
  const batch = Math.max(1, ...Object.values(inputs).map(({ shape }) => shape[0] ?? 1));
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, data]) => [name, { kind: "tensor" as const, data }]),
  );
  const events = engine.run({
    compile: { document, feeds, batch, assets: { tensors: new Map(), models: new Map() } },
    options: { backend: "cpu", seed: 0 },
  });
  for await (const event of events) if (event.type === "done") return event.outputs;
  throw new Error("internal: a run ended without done");
}

export function isTensor(result: Result | undefined): result is TensorData {
  return typeof result === "object" && "dtype" in result && "data" in result;
}
