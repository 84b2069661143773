import { readFileSync } from "node:fs";
import path from "node:path";
import { registry } from "../../nodes/index.ts";
import { compile, type Compiled } from "../../runtime/compile/compile.ts";
import { createNoisePool } from "../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../runtime/execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { RunOptions } from "../../runtime/execute/run-options.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Request } from "./arguments.ts";
import { median } from "./measure.ts";
import { machine, writeResult } from "./result-file.ts";
import { studyMarkdown, studyLine, type StudyRow, type StudyCell } from "./study-report.ts";
import { settings, tasks, type Setting, type StudyTask } from "./study-settings.ts";
import { loadPrior, nodeFeed, numberFeed, readGraph, root } from "./subject.ts";

/** Runs every setting on every task, prints each row as it comes, and writes docs/results/mo-study.md if asked. */
export async function runStudy(request: Request): Promise<void> {
  const images = testImages(request.quick ? 2 : 16);
  const model = loadPrior(request.models, "fashion28");
  const { backend } = await createNodeBackend("cpu", { threads: request.threads });
  const pool = createNoisePool({ start: startNodePoolWorker });
  const shared = { backend, sessions: createSessionCache(backend), clock: () => performance.now() };
  const document = withMetrics(readGraph("graphs/samplers/dps-mo.json"));
  const rows: StudyRow[] = [];
  for (const setting of request.quick ? settings.slice(0, 1) : settings) {
    const cells: StudyCell[] = [];
    for (const task of tasks) {
      const compiled = compileStudy(document, {
        setting,
        task,
        images: firstOf(images, task.images),
        model,
      });
      const { bestOf = 1, tolerance } = task;
      const scores = await scoresOf(compiled, { seeds: request.seeds, bestOf, ...shared, pool });
      cells.push({ task: task.name, ...scores, tolerance, expected: setting.expected[task.name] });
    }
    rows.push({ setting: setting.name, cells });
    if (!request.json) console.log(studyLine(rows.at(-1) as StudyRow));
  }
  await Promise.all([pool.close(), backend.close()]);
  if (request.json)
    console.log(JSON.stringify({ machine: machine(request.threads), rows }, null, 2));
  if (request.write)
    writeResult(
      "mo-study.md",
      studyMarkdown(rows, { machine: machine(request.threads), seeds: request.seeds }),
    );
}

/** The first test images of Fashion-MNIST in [-1,1]: [count, 1, 28, 28]. */
function testImages(count: number): TensorData {
  const { data } = readNpy(readFileSync(path.join(root, "graphs/assets/fashion_test64.npy")));
  const pixels = Float32Array.from(
    (data as Uint8Array).subarray(0, count * 784),
    (p) => (2 * p) / 255 - 1,
  );
  return { dtype: "float32", shape: [count, 1, 28, 28], data: pixels };
}

function firstOf(images: TensorData, count = images.shape[0] ?? 1): TensorData {
  const kept = Math.min(count, images.shape[0] ?? 1);
  const data = (images.data as Float32Array).subarray(0, kept * 784);
  return { dtype: "float32", shape: [kept, 1, 28, 28], data };
}

/** The sampler with PSNR and SSIM of its result among the outputs. */
function withMetrics(document: Document): Document {
  const metric = (type: string) => ({ type, v: 1, in: { x: "anneal.x0", groundTruth: "@image" } });
  return {
    ...document,
    inputs: { ...document.inputs, image: { kind: "signal" } },
    graph: { ...document.graph, psnr: metric("metric/psnr"), ssim: metric("metric/ssim") },
    outputs: { psnr: "psnr.psnr", ssim: "ssim.ssim" },
  };
}

interface Case {
  readonly setting: Setting;
  readonly task: StudyTask;
  readonly images: TensorData;
  readonly model: ModelAsset;
}

/** The sampler whose chain starts from the pseudo-inverse of the measurement. */
function fromPinv(document: Document): Document {
  const wires = { operator: "@operator", y: "@measurement" };
  const explained = { type: "operator/pinv", v: 1, in: wires };
  const zero = document.graph["estimate"];
  if (zero === undefined) throw new Error("dps-mo.json has no node named estimate");
  const estimate = { ...zero, in: { ...zero.in, x: "explained.x" } } as typeof zero;
  return { ...document, graph: { ...document.graph, explained, estimate } };
}

function compileStudy(document: Document, { setting, task, images, model }: Case): Compiled {
  const { steps, sigmaMin = 0.05, slots = {}, keepsOwn = false } = setting;
  const numbers = { ...slots, ...(keepsOwn ? {} : task.slots) };
  const sigmaMax = keepsOwn ? 10 : (task.sigmaMax ?? 10);
  return compile({
    document: task.fromPinv === true && !keepsOwn ? fromPinv(document) : document,
    task: readGraph("graphs/tasks/box-inpainting-28.json"),
    batch: images.shape[0] ?? 1,
    registry,
    feeds: {
      image: { kind: "tensor", data: images },
      operator: nodeFeed(task.operator, task.params),
      prior: nodeFeed("prior/onnx", { model: model.name }),
      schedule: nodeFeed("schedule/poly", { steps, sigmaMax, sigmaMin }),
      ...Object.fromEntries(
        Object.entries(numbers).map(([name, value]) => [name, numberFeed(value)]),
      ),
    },
    assets: { tensors: new Map(), models: new Map([[model.name, model]]) },
  });
}

type Sharing = Pick<RunOptions, "backend" | "clock"> & {
  readonly sessions: NonNullable<RunOptions["sessions"]>;
  readonly pool: ReturnType<typeof createNoisePool>;
  readonly seeds: number;
  readonly bestOf: number;
};

interface Scores {
  readonly psnr: readonly number[];
  readonly ssim: readonly number[];
  readonly seconds: number;
}

/** Means over images and seeds, of the best run by PSNR of each image; the time is a run's. */
async function scoresOf(compiled: Compiled, sharing: Sharing) {
  const { seeds, bestOf } = sharing;
  const runs: Scores[] = [];
  for (let seed = 0; seed < seeds * bestOf; seed += 1)
    runs.push(await runOnce(compiled, seed, sharing));
  const best = Array.from({ length: seeds }, (_, seed) =>
    bestRuns(runs.slice(seed * bestOf, (seed + 1) * bestOf)),
  ).flat();
  return {
    psnr: mean(best.map(({ psnr }) => psnr)),
    ssim: mean(best.map(({ ssim }) => ssim)),
    seconds: median(runs.map(({ seconds }) => seconds)),
  };
}

async function runOnce(compiled: Compiled, seed: number, sharing: Sharing): Promise<Scores> {
  const { backend, sessions, clock, pool } = sharing;
  const noise = philoxNoise(seed, pool);
  for await (const event of run(compiled, { backend, sessions, clock, seed, noise }))
    if (event.type === "done") return scoresIn(event.outputs, event.timings.total / 1000);
  throw new Error("the run ended without its last event");
}

function scoresIn(outputs: Readonly<Record<string, unknown>>, seconds: number): Scores {
  return { psnr: numbersOf(outputs["psnr"]), ssim: numbersOf(outputs["ssim"]), seconds };
}

/** Of every image the scores of its best run. */
function bestRuns(runs: readonly Scores[]): readonly { psnr: number; ssim: number }[] {
  return (runs[0]?.psnr ?? []).map((_, image) => {
    const each = runs.map((r) => ({ psnr: r.psnr[image] ?? 0, ssim: r.ssim[image] ?? 0 }));
    return each.reduce((a, b) => (b.psnr > a.psnr ? b : a));
  });
}

const numbersOf = (result: unknown): readonly number[] =>
  Array.from((result as TensorData).data as Float32Array);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
