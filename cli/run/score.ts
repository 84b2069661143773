import { noScores, score as scoreRun, type Scores } from "../../runtime/protocol/score/score.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import type { Outcome } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import { compiledWith, runToEndOn } from "./run-instead.ts";

/** Scores what a run restored, and the baseline, on the cpu. */
export async function score(
  engine: EngineProcess,
  prepared: Prepared,
  { status, outputs }: Outcome,
): Promise<Scores> {
  if (status !== "done") return noScores("the run did not get to its end");
  const { graph, settings, tape } = prepared;
  const on = { backend: "cpu" as const };
  return scoreRun(
    { runToEnd: runToEndOn(engine), on },
    {
      compile: { document: graph.document, ...compiledWith(prepared) },
      options: { ...on, seed: settings.seed, ...(tape === undefined ? {} : { tape }) },
    },
    outputs,
  );
}
