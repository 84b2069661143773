import { readdirSync } from "node:fs";
import path from "node:path";
import { registry } from "../../../nodes/index.ts";
import { compile, type Compiled } from "../../../runtime/compile/compile.ts";
import type { RunEvent, Timings } from "../../../runtime/execute/events.ts";
import { createNoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../../runtime/execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import { run } from "../../../runtime/execute/run.ts";
import { createSessionCache } from "../../../runtime/execute/session-cache.ts";
import type { ModelAsset } from "../../../runtime/graph/define-node.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import type { Bench } from "../bench.ts";
import { medianOf } from "../measure.ts";
import type { Figure, Section } from "../report.ts";
import { loadPrior, nodeFeed, numberFeed, readGraph, root, syntheticImage } from "../subject.ts";

/** Those whose prior is a prior of images. */
const samplers = readdirSync(path.join(root, "graphs/samplers"))
  .map((file) => path.basename(file, ".json"))
  .filter(
    (name) => readGraph(`graphs/samplers/${name}.json`).inputs["prior"]?.default !== undefined,
  );

/** What every shipped sampler spends outside of its sessions, on its own task. */
export async function samplerOverheads(bench: Bench): Promise<Section> {
  const size = bench.quick ? 32 : 256;
  const steps = bench.quick ? 2 : 8;
  const { backend } = await createNodeBackend("cpu", { threads: bench.threads });
  const sessions = createSessionCache(backend);
  const pool = createNoisePool({ start: startNodePoolWorker });
  const model = loadPrior(bench.models, "photo64");
  const figures: Figure[] = [];
  for (const name of bench.quick ? samplers.slice(0, 3) : samplers) {
    const compiled = compileSampler(name, { model, size, steps });
    // The first run makes the sessions.
    const runs: Done[] = [];
    for (let round = 0; round <= (bench.quick ? 1 : bench.rounds); round += 1)
      runs.push(
        await ended(
          run(compiled, { backend, sessions, seed: 1, noise: philoxNoise(1, pool), clock }),
        ),
      );
    figures.push(figure(name, runs.slice(1)));
  }
  await Promise.all([pool.close(), backend.close()]);
  return {
    title: "What samplers spend outside of their sessions",
    about: `Share of a run that is neither in a session (network, operator, sampler arithmetic) nor waiting for noise; ${size} px, ${steps} levels, each on its own task with the photo prior, ${bench.threads} threads, medians of ${bench.quick ? 1 : bench.rounds} runs.`,
    figures,
  };
}

type Done = Extract<RunEvent, { type: "done" }>;

const clock = () => performance.now();

async function ended(events: AsyncIterable<RunEvent>): Promise<Done> {
  for await (const event of events) if (event.type === "done") return event;
  throw new Error("the run ended without its last event");
}

function figure(name: string, runs: readonly Done[]): Figure {
  const spent = runs.map(({ timings }) => timings);
  const hasGradient = runs.some(({ vjpCalls }) => vjpCalls > 0);
  const ms = (of: (t: Timings) => number) => medianOf(spent, of).toFixed(0);
  return {
    name,
    value: medianOf(spent, (t) => (100 * (t.total - t.sessions - t.noise)) / t.total),
    unit: "%",
    most: hasGradient ? 10 : 5,
    note: `of ${ms((t) => t.total)} ms: network ${ms((t) => t.networks)}, step functions ${ms((t) => t.steps)}, noise ${ms((t) => t.noise)}`,
  };
}

function compileSampler(
  name: string,
  {
    model,
    size,
    steps,
  }: {
    readonly model: ModelAsset;
    readonly size: number;
    readonly steps: number;
  },
): Compiled {
  const document = readGraph(`graphs/samplers/${name}.json`);
  const schedule = document.inputs["schedule"]?.default;
  if (typeof schedule !== "object" || !("type" in schedule))
    throw new Error(`${name} has no schedule of its own`);
  const params = { ...schedule.params, steps };
  return compile({
    document,
    task: readGraph(`graphs/tasks/${document.task}.json`),
    batch: 1,
    registry,
    feeds: {
      image: { kind: "tensor", data: syntheticImage([1, 3, size, size]) },
      schedule: nodeFeed(schedule.type, params),
      ...fewer(document),
    },
    assets: { tensors: new Map(), models: new Map([[model.name, model]]) },
  });
}

/** Inner steps are no overhead, but 100 of them take long. */
function fewer({ inputs }: Document) {
  const names = ["langevinSteps", "innerSteps"].filter((name) => inputs[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, numberFeed(20)]));
}
