import { IssueError, issueError } from "../../base/issue.ts";
import type { RunToEnd } from "../score/run-to-end.ts";
import { score } from "../score/score.ts";
import type { EngineQueue } from "./engine-queue.ts";
import type { StudioEvent } from "./messages.ts";
import type { OngoingRun } from "./studio-run.ts";

/** Only while the run is kept: what is not asked for any more shall not hold up the next. */
interface Surroundings {
  readonly queue: EngineQueue;
  readonly isKept: () => boolean;
}

/**
 * Scores a run that is done as the command line does, on the backend that it ran on.
 *
 * @throws IssueError where it is not done, or let go meanwhile.
 */
export async function scoreRun(
  run: OngoingRun,
  ticket: number,
  { queue, isKept }: Surroundings,
): Promise<StudioEvent> {
  const { ran, outputs } = run;
  if (ran === null || !run.isDone)
    throw issueError("score.not-done", "A run is scored when it has come to its end.");
  const runToEnd: RunToEnd = (job) => {
    if (!isKept()) throw issueError("frame.no-run", "The run is not kept any more.");
    return toItsEnd(queue, job);
  };
  const { backend, threads } = ran.options;
  const on = { backend, ...(threads === undefined ? {} : { threads }) };
  const { restored, baseline, leftOut } = await score({ runToEnd, on }, ran, outputs);
  return { type: "scored", ticket, restored, baseline: baseline?.metrics ?? null, leftOut };
}

const toItsEnd = (queue: EngineQueue, job: Parameters<RunToEnd>[0]): ReturnType<RunToEnd> =>
  new Promise((resolve, reject) => {
    queue.start({ type: "run", ...job }, (event) => {
      if (event.type === "failed") reject(new IssueError(event.issues));
      if (event.type === "done") resolve(event.outputs);
    });
  });
