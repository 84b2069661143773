import { IssueError } from "../../runtime/base/issue.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { readRun, type ReadRun, type RunFiles } from "./read-run.ts";
import type { RunSettings } from "./settings.ts";
import { shapeInputs } from "./shape-inputs.ts";

/** A run that is ready to be compiled: files read, inputs in the shape that the prior takes. */
export interface Prepared extends ReadRun {
  /** Samples. */
  readonly batch: number;
}

interface Surroundings {
  readonly engine: EngineProcess;
  readonly registry: Registry;
  readonly cwd: string;
  /** The graph and task, where they were read already. */
  readonly files?: RunFiles | undefined;
}

/**
 * Reads what a run needs and shapes its inputs.
 *
 * @throws IssueError, FileIssues: exit code 1.
 */
export async function prepare(
  settings: RunSettings,
  { engine, registry, cwd, files }: Surroundings,
): Promise<Prepared> {
  const read = await readRun(settings, registry, cwd, files);
  const shaped = await shapeInputs(engine, read);
  return { ...shaped, batch: batchOf(shaped.feeds, settings.samples) };
}

/** Samples in the run: the leading axis of what is fed, or what was asked for. */
function batchOf(feeds: Readonly<Record<string, Feed>>, samples: number | undefined): number {
  const sizes = Object.entries(feeds).flatMap(([name, feed]) =>
    feed.kind === "tensor" ? [{ name, size: feed.data.shape[0] ?? 1 }] : [],
  );
  const wide = sizes.filter(({ size }) => size > 1);
  const batch = samples ?? wide[0]?.size ?? 1;
  const misfits = sizes.filter(({ size }) => size !== 1 && size !== batch);
  if (misfits.length === 0) return batch;
  throw new IssueError(
    misfits.map(({ name, size }) => ({
      code: "input.batch",
      message: `The input ${JSON.stringify(name)} holds ${size} samples, but the run has ${batch}.`,
      at: { path: [`--in ${name}`] },
      expected: `1 or ${batch}`,
      got: String(size),
      fix: "The first axis of a tensor counts its samples.",
    })),
  );
}
