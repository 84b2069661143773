import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNoisePool } from "../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../runtime/execute/noise/pool-worker-node.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Document, NodeDefault, PlainNode } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { nodeFeed, numberFeed, readGraph } from "../bench/subject.ts";
import type { Problem, Setting } from "./plan.ts";

/** Where trials run: one backend, its sessions and a pool for the noise. */
export function laboratory(backend: Backend, model: ModelAsset) {
  const pool = createNoisePool({ start: startNodePoolWorker });
  return {
    model,
    backend,
    sessions: createSessionCache(backend),
    pool,
    close: () => Promise.all([pool.close(), backend.close()]),
  };
}
type Laboratory = ReturnType<typeof laboratory>;

/** What was measured of some pictures, and where a chain may start. */
export interface Observation {
  readonly problem: Problem;
  readonly operator: NodeDefault;
  readonly image: TensorData;
  readonly measurement: TensorData;
  readonly pinv: TensorData | null;
  /** Of the trivial reconstruction; null where there is none. */
  readonly baseline: Scores | null;
}

/** A number for every picture. */
export interface Scores {
  readonly psnr: readonly number[];
  readonly ssim: readonly number[];
  /** In units of the measurement noise. */
  readonly residual: readonly number[];
}

export interface Trial extends Scores {
  readonly x0: TensorData;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly ms: number;
}

const operatorNode = {
  type: "operator/in-space",
  v: 1,
  in: { operator: "@operator", space: "@image" },
};
const metric = (type: string, x: string): PlainNode => ({
  type,
  v: 1,
  in: { x, groundTruth: "@image" },
});
const residual = (operator: string, x: string, measurement: string): PlainNode => ({
  type: "metric/residual",
  v: 1,
  in: { operator, x, measurement, noiseStd: "@measurementNoiseStd" },
});

/** Measures pictures once: every sampler gets the same measurement. */
export async function observe(
  laboratory: Laboratory,
  {
    problem,
    set,
    image,
    seed,
  }: {
    readonly problem: Problem;
    readonly set: string;
    readonly image: TensorData;
    readonly seed: number;
  },
): Promise<Observation> {
  const { type, params } = problem.operators[set] as { type: string; params: object };
  const operator = { type, v: 1, params: { ...params } };
  const measure = {
    ...emptyDocument,
    graph: {
      bound: operatorNode,
      measure: {
        type: "operator/measure",
        v: 1,
        in: { operator: "bound.operator", x: "@image", noiseStd: "@measurementNoiseStd" },
      },
    },
    outputs: { measurement: "measure.y" },
  };
  const of = { image, operator, seed, noiseStd: problem.noiseStd };
  const { outputs } = await execute(laboratory, measure, of);
  const measurement = outputs["measurement"] as TensorData;
  const first = await simple(laboratory, "operator/pinv", { ...of, measurement });
  const trivial = await simple(laboratory, "operator/baseline", { ...of, measurement });
  return {
    problem,
    operator,
    image,
    measurement,
    pinv: first?.x ?? null,
    baseline: trivial?.scores ?? null,
  };
}

const emptyDocument: Document = {
  denoodle: 1,
  name: "results",
  inputs: {
    image: { kind: "signal" },
    operator: { kind: "operator" },
    measurementNoiseStd: { kind: "scalar" },
  },
  graph: {},
  outputs: {},
  blocks: {},
};

/** A default and no feed: whoever reads the task's operator has one that knows the picture's shape. */
const taskOf = (operator: NodeDefault): Document => ({
  ...emptyDocument,
  inputs: { ...emptyDocument.inputs, operator: { kind: "operator", default: operator } },
  graph: { bound: operatorNode },
  outputs: {
    image: "@image",
    operator: "bound.operator",
    measurementNoiseStd: "@measurementNoiseStd",
  },
});

interface Given {
  readonly image: TensorData;
  readonly operator: NodeDefault;
  readonly seed: number;
  readonly noiseStd: number;
}

/** A reconstruction by one node, scored; null where the operator has no such thing. */
async function simple(
  laboratory: Laboratory,
  type: string,
  given: Given & { readonly measurement: TensorData },
): Promise<{ readonly x: TensorData; readonly scores: Scores } | null> {
  const document: Document = {
    ...emptyDocument,
    inputs: { ...emptyDocument.inputs, measurement: { kind: "measurement" } },
    graph: {
      guess: { type, v: 1, in: { operator: "@operator", y: "@measurement" } },
      psnr: metric("metric/psnr", "guess.x"),
      ssim: metric("metric/ssim", "guess.x"),
      fit: residual("@operator", "guess.x", "@measurement"),
    },
    outputs: { x: "guess.x", psnr: "psnr.psnr", ssim: "ssim.ssim", residual: "fit.residual" },
  };
  try {
    const { outputs } = await execute(laboratory, document, given, {
      task: taskOf(given.operator),
    });
    return { x: outputs["x"] as TensorData, scores: scoresIn(outputs) };
  } catch (error) {
    if (error instanceof Error && error.message.includes("operator.lacks")) return null;
    throw error;
  }
}

/** A sampler's graph with the scores of its result as outputs. */
function scoredSampler(graph: string): Document {
  const sampler = readGraph(`graphs/samplers/${graph}.json`);
  const x0 = sampler.outputs["x0"];
  if (x0 === undefined) throw new Error(`${graph} has no output x0`);
  return {
    ...sampler,
    inputs: {
      ...sampler.inputs,
      image: { kind: "signal" },
      measurementNoiseStd: sampler.inputs["measurementNoiseStd"] ?? { kind: "scalar" },
    },
    graph: {
      ...sampler.graph,
      scoredPsnr: metric("metric/psnr", x0),
      scoredSsim: metric("metric/ssim", x0),
      scoredFit: residual("@operator", x0, "@measurement"),
    },
    outputs: {
      x0,
      psnr: "scoredPsnr.psnr",
      ssim: "scoredSsim.ssim",
      residual: "scoredFit.residual",
    },
  };
}

/**
 * One run of a sampler on an observation, scored.
 *
 * @throws IssueError where the operator lacks what the sampler needs, or the run diverges.
 */
export async function tryOut(
  laboratory: Laboratory,
  observation: Observation,
  {
    graph,
    setting,
    seed,
  }: {
    readonly graph: string;
    readonly setting: Setting;
    readonly seed: number;
  },
): Promise<Trial> {
  const { image, operator, measurement, pinv, problem } = observation;
  const feeds: Record<string, Feed> = {
    measurement: { kind: "tensor", data: measurement },
    prior: nodeFeed("prior/onnx", { model: laboratory.model.name }),
    schedule: nodeFeed(setting.schedule.type, setting.schedule.params),
    ...Object.fromEntries(
      Object.entries(setting.slots).map(([name, value]) => [name, numberFeed(value)]),
    ),
    ...(setting.initial !== undefined && pinv !== null
      ? { initial: { kind: "tensor", data: pinv } as const }
      : {}),
  };
  const given = { image, operator, seed, noiseStd: problem.noiseStd };
  const started = performance.now();
  const { outputs, nfe, vjpCalls } = await execute(laboratory, scoredSampler(graph), given, {
    task: taskOf(operator),
    feeds,
  });
  return {
    ...scoresIn(outputs),
    x0: outputs["x0"] as TensorData,
    nfe,
    vjpCalls,
    ms: performance.now() - started,
  };
}

const scoresIn = (outputs: Readonly<Record<string, Result>>): Scores => ({
  psnr: numbersOf(outputs["psnr"]),
  ssim: numbersOf(outputs["ssim"]),
  residual: numbersOf(outputs["residual"]),
});

const numbersOf = (result: Result | undefined): readonly number[] => [
  ...((result as TensorData).data as Float32Array),
];

const feedOf = ({ type, params = {} }: NodeDefault): Feed => nodeFeed(type, params);

async function execute(
  { backend, sessions, pool, model }: Laboratory,
  document: Document,
  { image, operator, seed, noiseStd, measurement }: Given & { readonly measurement?: TensorData },
  more: { readonly task?: Document; readonly feeds?: Readonly<Record<string, Feed>> } = {},
): Promise<{
  readonly outputs: Readonly<Record<string, Result>>;
  readonly nfe: number;
  readonly vjpCalls: number;
}> {
  const compiled = compile({
    document,
    ...(more.task === undefined ? {} : { task: more.task }),
    batch: image.shape[0] ?? 1,
    registry,
    feeds: {
      image: { kind: "tensor", data: image },
      ...(more.task === undefined ? { operator: feedOf(operator) } : {}),
      measurementNoiseStd: numberFeed(noiseStd),
      ...(measurement === undefined ? {} : { measurement: { kind: "tensor", data: measurement } }),
      ...more.feeds,
    },
    assets: { tensors: new Map(), models: new Map([[model.name, model]]) },
  });
  const noise = philoxNoise(seed, pool);
  const clock = () => performance.now();
  for await (const event of run(compiled, { backend, sessions, clock, seed, noise }))
    if (event.type === "done") return event;
  throw new Error("the run ended without its last event");
}
