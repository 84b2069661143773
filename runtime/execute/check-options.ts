import { issueError, type Issue } from "../base/issue.ts";
import type { Compiled } from "../compile/compile.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * The id of every sample: what its noise depends on.
 *
 * @throws IssueError `run.samples`.
 */
export function samplesOf(compiled: Compiled, { samples }: RunOptions): readonly number[] {
  const { batch } = compiled.root;
  if (samples === undefined) return Array.from({ length: batch }, (_, i) => i);
  if (samples.length === batch) return samples;
  throw issueError(
    "run.samples",
    `${samples.length} samples were named for a batch of ${batch}.`,
    {},
    {
      expected: String(batch),
      got: String(samples.length),
    },
  );
}

/** @throws IssueError `param.unknown`, `param.fixed`. */
export function checkParams(compiled: Compiled, params: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(params)) {
    const param = compiled.params.get(key);
    if (param?.fixed === true && param.value !== value)
      throw issueError(
        "param.fixed",
        `${key} is ${param.value} in this graph as it was compiled: a gradient goes through a zone whose length or branch it decides.`,
        {},
        {
          got: String(value),
          fix: "Change it in the graph, and compile again.",
        },
      );
  }
  const unknown = Object.keys(params).filter((key) => !compiled.params.has(key));
  if (unknown.length === 0) return;
  const issue: Issue = {
    code: "param.unknown",
    message: `${unknown.join(", ")}: no such number in this graph.`,
    at: {},
    expected: [...compiled.params.keys()].join(", "),
  };
  throw issueError(issue.code, issue.message, issue.at, { expected: issue.expected ?? "" });
}

/** Every number that a run may change, as it is in this one. */
export function paramsOf(
  compiled: Compiled,
  { params }: RunOptions,
): Readonly<Record<string, number>> {
  const values = [...compiled.params].map(([key, { value }]) => [key, params?.[key] ?? value]);
  return Object.fromEntries(values) as Readonly<Record<string, number>>;
}

/**
 * Refuses to go on as another run than the one that was left.
 *
 * @throws IssueError `checkpoint.seed` for other noise, `checkpoint.mismatch` for other samples or numbers.
 */
export function checkResume(compiled: Compiled, options: RunOptions): void {
  const { resume, seed } = options;
  if (resume === undefined) return;
  if (resume.seed !== seed)
    throw issueError(
      "checkpoint.seed",
      `The checkpoint was made with the seed ${resume.seed}, this run has ${seed}.`,
      {},
      { fix: `Resume with the seed ${resume.seed}.` },
    );
  const samples = samplesOf(compiled, options).join(", ");
  if (resume.samples.join(", ") !== samples)
    throw issueError(
      "checkpoint.mismatch",
      `The checkpoint is of the samples ${resume.samples.join(", ")}, this run is of ${samples}.`,
      {},
      { fix: "Resume with the same samples." },
    );
  checkSameParams(resume.params, paramsOf(compiled, options));
}

function checkSameParams(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): void {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const other = keys.filter((key) => !Object.is(before[key], now[key]));
  const [first] = other;
  if (first === undefined) return;
  const said = other.map(
    (key) => `${key} was ${before[key] ?? "not there"}, now ${now[key] ?? "not there"}`,
  );
  throw issueError(
    "checkpoint.mismatch",
    `The checkpoint was made with other numbers: ${said.join("; ")}.`,
    { node: first.slice(0, first.lastIndexOf(".")) },
    { fix: "Resume with the same numbers, or start the run anew." },
  );
}
