import {
  runInstead as runGraphInstead,
  type RunToEnd,
} from "../../runtime/protocol/score/run-to-end.ts";
import type { Outputs } from "../../runtime/protocol/score/run-to-end.ts";
import type { RunRequest } from "../../runtime/protocol/requests.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import type { ReadRun } from "./read-run.ts";

type Compile = Omit<RunRequest["compile"], "document">;

export const runToEndOn =
  (engine: EngineProcess): RunToEnd =>
  async (job) => {
    for await (const event of engine.run(job)) if (event.type === "done") return event.outputs;
    throw new Error("internal: a run ended without done");
  };

/** What a run's graph is compiled with. */
export function compiledWith({
  task,
  feeds,
  batch,
  assets,
}: ReadRun & { readonly batch: number }): Compile {
  return {
    ...(task === null ? {} : { task: task.document }),
    feeds,
    batch,
    assets: { tensors: new Map(assets.tensors), models: new Map(assets.models) },
  };
}

/**
 * Runs another graph in the place of a run's own, on the cpu: with its task, what feeds its slots,
 * its files and its seed.
 *
 * @throws IssueError
 */
export function runInstead(
  engine: EngineProcess,
  run: ReadRun & { readonly batch: number },
  file: unknown,
): Promise<Outputs> {
  const options = { backend: "cpu" as const, seed: run.settings.seed };
  return runGraphInstead(runToEndOn(engine), { compile: compiledWith(run), options }, file);
}
