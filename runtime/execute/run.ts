import { IssueError, issueError } from "../base/issue.ts";
import type { Compiled } from "../compile/compile.ts";
import { checkCounts } from "./check-counts.ts";
import { checkParams, checkResume, samplesOf } from "./check-options.ts";
import { createRunControl } from "./control.ts";
import { runRegion, type Engine } from "./engine.ts";
import { createEventQueue } from "./event-queue.ts";
import type { RunEvent, Timings } from "./events.ts";
import { hold } from "./held.ts";
import { dropAll, newLiveFrame, put } from "./live-frame.ts";
import { observer } from "./observe.ts";
import { collectOutputs } from "./outputs.ts";
import { createProbePlans } from "./probe-plans.ts";
import { loopRunner } from "./run-loop.ts";
import type { RunOptions } from "./run-options.ts";
import { createSessionCache, type SessionCache } from "./session-cache.ts";
import { watchLoops } from "./watch-loops.ts";

/**
 * Runs a compiled graph; the events come in order, the last is `done`.
 *
 * @throws IssueError `run.cancelled`, `run.not-finite` (names node and iteration), `run.samples`, `param.*`,
 *   `zone.count`, `zone.lengths`, `checkpoint.*`, `tape.*`, `backend.*`.
 */
export function run(compiled: Compiled, options: RunOptions): AsyncGenerator<RunEvent, void, void> {
  return createEventQueue<RunEvent>((emit, left) =>
    execute(compiled, options, { emit, signal: anyOf(options.signal, left) }),
  );
}

/** Aborted as soon as one of them is. */
function anyOf(given: AbortSignal | undefined, left: AbortSignal): AbortSignal {
  return given === undefined ? left : AbortSignal.any([given, left]);
}

interface Watcher {
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

async function execute(compiled: Compiled, options: RunOptions, watcher: Watcher): Promise<void> {
  const { emit } = watcher;
  const started = options.clock();
  const sessions = options.sessions ?? createSessionCache(options.backend);
  const engine = prepare(compiled, { ...options, sessions }, watcher);
  for (const { node, message } of compiled.warnings)
    emit({ type: "warning", issue: { code: "node.warning", message, at: { node } } });
  emit({
    type: "started",
    backend: options.backend.id,
    chosen: options.backend.chosen,
    setUpMs: options.clock() - started,
    shapes: compiled.shapes,
  });
  const frame = newLiveFrame(compiled.root.scope, null);
  try {
    for (const [key, { host, value }] of compiled.params)
      frame.values.set(host, options.params?.[key] ?? value);
    for (const [value, data] of compiled.externals)
      put(frame, value, hold(await options.backend.place(data)));
    await runRegion(engine, compiled.root, frame);
    const outputs = await collectOutputs(engine, compiled, frame);
    const wrong = options.noise.finish();
    if (wrong.length > 0) throw new IssueError(wrong);
    emit({
      type: "done",
      outputs,
      ...engine.counts,
      timings: timings(engine, options.clock() - started),
    });
  } finally {
    dropAll(frame);
    options.noise.finish();
    if (options.sessions === undefined) await sessions.release();
  }
}

/** Checks what was asked for and plans it; nothing has run. */
function prepare(
  compiled: Compiled,
  options: RunOptions & { readonly sessions: SessionCache },
  { emit, signal }: Watcher,
): Engine {
  checkParams(compiled, options.params ?? {});
  checkResume(compiled, options);
  const control = options.control ?? createRunControl();
  const plans = createProbePlans(compiled, control.probes, emit);
  const watch = watchLoops({ compiled, options, control, emit, signal, plans });
  const engine: Engine = {
    backend: options.backend,
    sessions: options.sessions,
    noise: options.noise,
    samples: samplesOf(compiled, options),
    clock: options.clock,
    spent: { networks: 0, steps: 0, noise: 0 },
    counts: { nfe: 0, vjpCalls: 0 },
    plan: plans.first(),
    runLoop: loopRunner(watch),
    observe: observer(watch.emit),
    checkCancelled() {
      if (signal.aborted) throw issueError("run.cancelled", "The run was cancelled.");
    },
    breathe: breathing(options),
  };
  checkCounts(engine.plan, options.params);
  watch.attach(engine);
  return engine;
}

/** Between two times that a host hears what it was told. */
const breathEveryMs = 16;

function breathing({ breathe, clock }: RunOptions): Engine["breathe"] {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (breathe === undefined || clock() - last < breathEveryMs) return undefined;
    return breathe().then(() => {
      last = clock();
    });
  };
}

function timings({ spent }: Engine, total: number): Timings {
  return { total, sessions: spent.networks + spent.steps, ...spent };
}
