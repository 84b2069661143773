import { IssueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { nodeFeed, numberFeed, readGraph } from "../bench/subject.ts";
import { scoreOf, type Exact, type Score } from "./exact.ts";
import { componentShares } from "./mixture.ts";
import type { Variant } from "./mo-variants.ts";
import { priorParams, type Problem } from "./problems.ts";
import type { Runner } from "./run-graph.ts";
import { samplesOf } from "./samples.ts";

/** A sampler's score on a problem; or that it ended in numbers that are not finite, or why it was not run. */
export type Outcome =
  | {
      readonly ran: true;
      readonly score: Score;
      readonly nfe: number;
      readonly vjpCalls: number;
      readonly seconds: number;
    }
  | { readonly ran: false; readonly diverged: boolean; readonly why: string };

/** One cell of a table. */
export interface Cell {
  readonly row: Variant;
  readonly problem: Problem;
  readonly nfe: number;
  readonly batch: number;
  readonly seed: number;
}

export async function runCell(cell: Cell, exact: Exact, runner: Runner): Promise<Outcome> {
  const { row, problem, batch, seed } = cell;
  const unfit = row.whyNot?.(problem) ?? null;
  if (unfit !== null) return { ran: false, diverged: false, why: unfit };
  const document = documentOf(row);
  try {
    const { outputs, ...counts } = await runner.run({
      document,
      feeds: feedsOf(cell, exact, document),
      batch,
      seed,
    });
    const x0 = (outputs["x0"] as TensorData).data as Float32Array;
    const samples = samplesOf(x0, exact.mean.length);
    return {
      ran: true,
      score: scoreOf(samples, exact, componentShares(problem.mixture, samples)),
      ...counts,
    };
  } catch (error) {
    const issue = error instanceof IssueError ? error.issues[0] : undefined;
    const diverged = issue?.code === "run.not-finite";
    // What an operator lacks, and numbers that left float32, are findings; anything else is a mistake.
    if (issue === undefined || !(diverged || issue.code === "operator.lacks")) throw error;
    return { ran: false, diverged, why: `${issue.message} ${issue.fix ?? ""}`.trim() };
  }
}

export function documentOf({ graph, change }: Variant): Document {
  const document = readGraph(`graphs/samplers/${graph}.json`);
  return change === undefined ? document : change(document);
}

function feedsOf({ row, problem, nfe }: Cell, { measurement }: Exact, { inputs }: Document) {
  const { operator, noiseStd } = problem;
  return {
    operator: nodeFeed(operator.type, operator.params),
    prior: nodeFeed("prior/gaussian-mixture", priorParams(problem)),
    measurement: { kind: "tensor", data: measurement } as const,
    ...(inputs["measurementNoiseStd"] && { measurementNoiseStd: numberFeed(noiseStd) }),
    ...row.feeds(nfe, problem),
  };
}
