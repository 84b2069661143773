import { IssueError } from "../../runtime/base/issue.ts";
import type { Tape } from "../../runtime/execute/noise/tape-noise.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import type { ReadRun } from "./read-run.ts";

type Outputs = Readonly<Record<string, Result>>;
type Request = Parameters<EngineProcess["run"]>[0];

/** Runs a graph without noise on tensors, on the cpu. @throws IssueError */
export async function runSmallGraph(
  engine: EngineProcess,
  file: unknown,
  inputs: Readonly<Record<string, TensorData>>,
): Promise<Outputs> {
  const feeds = Object.entries(inputs).map(
    ([name, data]) => [name, { kind: "tensor" as const, data }] as const,
  );
  return lastOutputs(engine, file, {
    feeds: Object.fromEntries(feeds),
    batch: Math.max(1, ...Object.values(inputs).map(({ shape }) => shape[0] ?? 1)),
    assets: { tensors: new Map(), models: new Map() },
  });
}

/**
 * Runs another graph in the place of a run's own, on the cpu: with its task, what feeds its slots,
 * its files and its seed.
 *
 * @throws IssueError
 */
export async function runInstead(
  engine: EngineProcess,
  { task, feeds, batch, assets, settings }: ReadRun & { readonly batch: number },
  file: unknown,
  tape?: Tape,
): Promise<Outputs> {
  return lastOutputs(
    engine,
    file,
    {
      ...(task === null ? {} : { task: task.document }),
      feeds,
      batch,
      assets: { tensors: new Map(assets.tensors), models: new Map(assets.models) },
    },
    { seed: settings.seed, ...(tape === undefined ? {} : { tape }) },
  );
}

async function lastOutputs(
  engine: EngineProcess,
  file: unknown,
  compile: Omit<Request["compile"], "document">,
  options: Omit<Request["options"], "backend"> = { seed: 0 },
): Promise<Outputs> {
  const { document, issues } = readDocument(file);
  if (document === null) throw new IssueError(issues);
  const events = engine.run({
    compile: { document, ...compile },
    options: { backend: "cpu", ...options },
  });
  for await (const event of events) if (event.type === "done") return event.outputs;
  throw new Error("internal: a run ended without done");
}
