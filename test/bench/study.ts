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
      const compiled = compileStudy(document, { setting, task, images, model });
      const scores = await scoresOf(compiled, { seeds: request.seeds, ...shared, pool });
      cells.push({ task: task.name, ...scores, expected: setting.expected[task.name] });
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

function compileStudy(document: Document, { setting, task, images, model }: Case): Compiled {
  const { steps, sigmaMin = 0.05, slots = {} } = setting;
  const numbers = { ...slots, ...(setting.ownInnerSteps === true ? {} : task.slots) };
  return compile({
    document,
    task: readGraph("graphs/tasks/box-inpainting-28.json"),
    batch: images.shape[0] ?? 1,
    registry,
    feeds: {
      image: { kind: "tensor", data: images },
      operator: nodeFeed(task.operator, task.params),
      prior: nodeFeed("prior/onnx", { model: model.name }),
      schedule: nodeFeed("schedule/poly", { steps, sigmaMax: 10, sigmaMin }),
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
};

/** Means over images and seeds; the time is a seed's. */
async function scoresOf(compiled: Compiled, { seeds, pool, ...shared }: Sharing) {
  const [psnrs, ssims, times]: [number[], number[], number[]] = [[], [], []];
  for (let seed = 0; seed < seeds; seed += 1)
    for await (const event of run(compiled, { ...shared, seed, noise: philoxNoise(seed, pool) })) {
      if (event.type !== "done") continue;
      psnrs.push(mean(event.outputs["psnr"]));
      ssims.push(mean(event.outputs["ssim"]));
      times.push(event.timings.total / 1000);
    }
  return { psnr: mean(psnrs), ssim: mean(ssims), seconds: median(times) };
}

function mean(result: unknown): number {
  const values = Array.isArray(result)
    ? (result as number[])
    : Array.from((result as TensorData).data as Float32Array);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
