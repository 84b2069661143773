import { compile, type Compiled } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import type { RunEvent } from "../../runtime/execute/events.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { RunOptions } from "../../runtime/execute/run-options.ts";
import { run } from "../../runtime/execute/run.ts";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { registry } from "../../nodes/index.ts";

export type Done = Extract<RunEvent, { type: "done" }>;

/** A graph as a test writes it. */
export interface Sketch {
  readonly graph: object;
  readonly outputs: Readonly<Record<string, string>>;
  readonly inputs?: object;
  readonly blocks?: object;
  readonly feeds?: Readonly<Record<string, Feed>>;
  readonly models?: Readonly<Record<string, ModelAsset>>;
  readonly batch?: number;
  readonly task?: Document;
}

/** The signal @x that sketches have unless they say otherwise: shape [1, 1, 2, 2]. */
export const four = float32([1, 2, 3, 4], [1, 1, 2, 2]);

export const tensorFeed = (data: TensorData): Feed => ({ kind: "tensor", data });

export function compiled({
  graph,
  outputs,
  inputs,
  blocks = {},
  feeds,
  models = {},
  batch = 1,
  task,
}: Sketch): Compiled {
  const document = {
    denoodle: 1,
    name: "t",
    inputs: inputs ?? { x: { kind: "signal" } },
    graph,
    outputs,
    blocks,
  } as unknown as Document;
  return compile({
    document,
    ...(task === undefined ? {} : { task }),
    feeds: feeds ?? { x: tensorFeed(four) },
    batch,
    registry,
    assets: { tensors: new Map(), models: new Map(Object.entries(models)) },
  });
}

let chosen: Promise<Backend> | undefined;

/** One cpu backend for all tests of a file. */
export function cpu(): Promise<Backend> {
  chosen ??= createNodeBackend("cpu", { threads: 1 }).then(({ backend }) => backend);
  return chosen;
}

export async function optionsOf(more: Partial<RunOptions> = {}): Promise<RunOptions> {
  const seed = more.seed ?? 1;
  return {
    backend: more.backend ?? (await cpu()),
    noise: philoxNoise(seed),
    seed,
    clock: () => performance.now(),
    ...more,
  };
}

/** All events of a run to its end. */
export async function eventsOf(
  graph: Compiled,
  more: Partial<RunOptions> = {},
): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run(graph, await optionsOf(more))) events.push(event);
  return events;
}

export function doneOf(events: readonly RunEvent[]): Done {
  const last = events.at(-1);
  if (last?.type !== "done") throw new Error(`the run ended with ${last?.type}`);
  return last;
}

export async function runSketch(sketch: Sketch, more: Partial<RunOptions> = {}): Promise<Done> {
  return doneOf(await eventsOf(compiled(sketch), more));
}

/** The numbers of an output. */
export function numbers(done: Done, name: string): readonly number[] {
  const result = done.outputs[name];
  if (typeof result === "number") return [result];
  const { data } = result as TensorData;
  return Array.from(data as Float32Array, Number);
}

/** The issues that `work` is refused with. */
export async function issuesOf(work: () => unknown): Promise<readonly Issue[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A plain elementwise expression node. */
export const expression = (text: string, wires: Readonly<Record<string, string>>) => ({
  type: "math/expression",
  v: 1,
  params: { expression: text },
  in: wires,
});
