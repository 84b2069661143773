import { issueError } from "../base/issue.ts";
import type { Backend } from "../execute/backend.ts";
import { networkEvaluator } from "../execute/evaluate-network.ts";
import type { SessionCache } from "../execute/session-cache.ts";
import type { EngineEvent } from "./events.ts";
import { openWeights, type ReadFile } from "./open-weights.ts";
import type { CheckPrior } from "./prior-check.ts";
import type { CheckRequest } from "./requests.ts";

interface Serving {
  readonly checkPrior: CheckPrior | undefined;
  readonly readFile: ReadFile | undefined;
  /** Starts a backend, where the question takes one. */
  readonly ready: () => Promise<{ readonly backend: Backend; readonly sessions: SessionCache }>;
  readonly signal: AbortSignal;
  readonly post: (event: EngineEvent) => void;
}

/** Answers a question about a prior. @throws IssueError as `CheckPrior`; `run.cancelled`. */
export async function serveCheck(
  { job }: CheckRequest,
  { checkPrior, readFile, ready, signal, post }: Serving,
): Promise<void> {
  if (checkPrior === undefined)
    throw issueError("engine.no-check", "This engine does not check priors.");
  const opened = await openWeights(new Map([[job.model.name, job.model]]), readFile);
  const model = opened.get(job.model.name) ?? job.model;
  const answer = await checkPrior(
    { ...job, model },
    {
      async evaluate(bytes, feeds) {
        const { backend, sessions } = await ready();
        return networkEvaluator(model, backend, sessions)(bytes, feeds);
      },
      async tick(done, total) {
        post({ type: "checking", done, total });
        // While a network runs no message comes in: here a cancel is heard.
        await new Promise((resolve) => void setTimeout(resolve));
        if (signal.aborted) throw issueError("run.cancelled", "The check was cancelled.");
      },
    },
  );
  post({ type: "checked", answer });
}
