import { IssueError } from "../../base/issue.ts";
import type { Result } from "../../execute/events.ts";
import { readDocument } from "../../graph/read.ts";
import type { RunRequest } from "../requests.ts";

export type Outputs = Readonly<Record<string, Result>>;

/** What an engine runs. */
export type Ran = Pick<RunRequest, "compile" | "options">;

/** A run without its graph. */
export interface Instead {
  readonly compile: Omit<Ran["compile"], "document">;
  readonly options: Ran["options"];
}

/** Runs a graph on some engine to its end. @throws IssueError what the run is refused with. */
export type RunToEnd = (job: Ran) => Promise<Outputs>;

/**
 * Runs another graph in the place of a run's own: with its task, what feeds its slots, its files and its options.
 *
 * @throws IssueError
 */
export async function runInstead(
  runToEnd: RunToEnd,
  { compile, options }: Instead,
  file: unknown,
): Promise<Outputs> {
  const { document, issues } = readDocument(file);
  if (document === null) throw new IssueError(issues);
  return runToEnd({ compile: { ...compile, document }, options });
}
