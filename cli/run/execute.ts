import { IssueError } from "../../runtime/base/issue.ts";
import type { EngineProcess, RunningEvent } from "../engine/engine-process.ts";
import type { Terminal } from "../terminal.ts";
import type { LeftRun } from "./checkpoint-file.ts";
import { FileIssues } from "./graph-file.ts";
import { notFinite } from "./not-finite.ts";
import { compiledWith } from "./run-instead.ts";
import { createCollector, type Outcome } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import { defaultBackend } from "./settings.ts";

/** Who looks on while a run goes. */
export interface Watcher {
  readonly event: (event: RunningEvent) => void;
  /** Where the run stands, to keep it; without it no checkpoints are made. */
  readonly checkpoint?: (left: LeftRun) => Promise<void>;
  /** Where to go on from. */
  readonly resume?: LeftRun;
}

/**
 * Runs what was prepared. Ctrl-C ends the engine at once and keeps what it had sent; so does a
 * failure in the middle.
 *
 * @throws IssueError when it fails before it began, or on an input that turns out to be wrong.
 */
export async function execute(
  engine: EngineProcess,
  prepared: Prepared,
  { onInterrupt }: Pick<Terminal, "onInterrupt">,
  watcher: Watcher,
): Promise<Outcome> {
  const collector = createCollector(watcher.resume?.soFar);
  let interrupted = false;
  const calm = onInterrupt(() => {
    interrupted = true;
    engine.kill();
  });
  try {
    for await (const event of engine.run(requestOf(prepared, watcher))) {
      collector.take(event);
      watcher.event(event);
      const backend = collector.backend();
      if (event.type === "checkpoint" && backend !== null)
        await watcher.checkpoint?.({
          checkpoint: event.checkpoint,
          backend,
          soFar: collector.soFar(),
        });
    }
    const wrong = notFinite(collector.outcome("done").outputs);
    return collector.outcome(wrong.length === 0 ? "done" : "failed", wrong);
  } catch (error) {
    if (interrupted) return collector.outcome("interrupted");
    if (!(error instanceof IssueError)) throw error;
    const isFault = error.issues.some(({ code }) => inputCodes.test(code));
    if (isFault || !collector.hasStarted()) throw inFile(error, prepared);
    return collector.outcome("failed", error.issues);
  } finally {
    calm();
  }
}

/** Issues of the task's nodes are told apart by their path, `task/…`. */
function inFile({ issues }: IssueError, { graph, task }: Prepared): IssueError {
  const isTask = issues.every(({ at }) => at.node?.startsWith("task/") === true);
  return new FileIssues(isTask && task !== null ? task.shown : graph.shown, issues);
}

/** Found while running, but wrong from the start. */
const inputCodes = /^(?:tape\.|param\.|backend\.model$|backend\.feed$|checkpoint\.)/;

/** Outermost iterations between checkpoints. */
const checkpointEvery = 1;

type Request = Parameters<EngineProcess["run"]>[0];

function requestOf(prepared: Prepared, { checkpoint, resume }: Watcher): Request {
  const { settings, graph, probes, tape } = prepared;
  const { seed, backend = defaultBackend, threads } = settings;
  return {
    compile: {
      document: graph.document,
      ...compiledWith(prepared),
    },
    options: {
      // What `auto` chose then is what goes on now.
      backend: resume?.backend ?? backend,
      seed,
      probes: [...probes],
      ...(threads === undefined ? {} : { threads }),
      ...(tape === undefined ? {} : { tape }),
      ...(resume === undefined ? {} : { resume: resume.checkpoint }),
      ...(checkpoint === undefined ? {} : { checkpointEvery }),
    },
  };
}
