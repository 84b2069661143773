import { IssueError, issueError, type Issue } from "../base/issue.ts";
import type { Compiled } from "../compile/compile.ts";
import { planRegions, type Plan } from "../compile/plan-regions.ts";
import type { Backend } from "./backend.ts";
import { createRunControl, type RunControl } from "./control.ts";
import { runRegion, type Engine } from "./engine.ts";
import { createEventQueue } from "./event-queue.ts";
import type { Checkpoint, RunEvent, Timings } from "./events.ts";
import { hold } from "./held.ts";
import { dropAll, newLiveFrame, put } from "./live-frame.ts";
import { observer } from "./observe.ts";
import { collectOutputs } from "./outputs.ts";
import { loopRunner } from "./run-loop.ts";
import type { NoiseSource } from "./noise/noise-source.ts";
import { createSessionCache, type SessionCache } from "./session-cache.ts";
import { checkResume, watchLoops } from "./watch-loops.ts";

export interface RunOptions {
  readonly backend: Backend;
  readonly noise: NoiseSource;
  readonly seed: number;
  /** Milliseconds; `performance.now` where there is one. */
  readonly clock: () => number;
  /** Shared by runs of one backend, so that a second run compiles nothing. */
  readonly sessions?: SessionCache;
  /** Sample ids, one a row of the batch; default 0, 1, …. */
  readonly samples?: readonly number[];
  /** Scalar params that differ from the file, by `node.param`. */
  readonly params?: Readonly<Record<string, number>>;
  readonly control?: RunControl;
  readonly signal?: AbortSignal;
  readonly resume?: Checkpoint;
  /** Outermost iterations between two checkpoint events; default: none. */
  readonly checkpointEvery?: number;
}

/**
 * Runs a compiled graph; the events come in order, the last is `done`.
 *
 * @throws IssueError `run.cancelled`, `run.not-finite` (names node and iteration), `tape.*`, `backend.*`.
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

async function execute(
  compiled: Compiled,
  options: RunOptions,
  { emit, signal }: Watcher,
): Promise<void> {
  const started = options.clock();
  const samples = samplesOf(compiled, options);
  checkParams(compiled, options.params ?? {});
  checkResume(options);
  const control = options.control ?? createRunControl();
  const plan = planFor(compiled, control.probes());
  const sessions = options.sessions ?? createSessionCache(options.backend);
  const watch = watchLoops({
    compiled,
    options,
    control,
    emit,
    signal,
    planFor(probes) {
      warnOfUnknown(compiled, probes, emit);
      return planFor(compiled, probes);
    },
  });
  const engine: Engine = {
    backend: options.backend,
    sessions,
    noise: options.noise,
    samples,
    clock: options.clock,
    spent: { networks: 0, steps: 0, noise: 0 },
    counts: { nfe: 0, vjpCalls: 0 },
    plan,
    runLoop: loopRunner(watch),
    observe: observer(emit),
    checkCancelled() {
      if (signal.aborted) throw issueError("run.cancelled", "The run was cancelled.");
    },
  };
  watch.attach(engine);
  warnOfUnknown(compiled, control.probes(), emit);
  for (const { node, message } of compiled.warnings)
    emit({ type: "warning", issue: { code: "node.warning", message, at: { node } } });
  emit({
    type: "started",
    backend: options.backend.id,
    chosen: options.backend.chosen,
    setUpMs: options.clock() - started,
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

/** A probe shows tensors and device scalars; one of anything else shows nothing, which is said. */
function warnOfUnknown(compiled: Compiled, probes: readonly string[], emit: Watcher["emit"]): void {
  const wires = new Set(compiled.regions.flatMap((region) => region.wires.map(({ path }) => path)));
  for (const wire of probes)
    if (!wires.has(wire))
      emit({ type: "warning", issue: { code: "probe.unknown", message: `${wire} is no tensor of this graph, so its probe shows nothing.`, at: {} } });
}

/** The id of every sample: what its noise depends on. */
function samplesOf(compiled: Compiled, { samples }: RunOptions): readonly number[] {
  const { batch } = compiled.root;
  if (samples === undefined) return Array.from({ length: batch }, (_, i) => i);
  if (samples.length === batch) return samples;
  throw issueError("run.samples", `${samples.length} samples were named for a batch of ${batch}.`, {}, {
    expected: String(batch),
    got: String(samples.length),
  });
}

function planFor(compiled: Compiled, probes: readonly string[]): Plan {
  const wanted = new Set(probes);
  return planRegions(compiled, (path) => wanted.has(path));
}

function checkParams(compiled: Compiled, params: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(params)) {
    const param = compiled.params.get(key);
    if (param?.fixed === true && param.value !== value)
      throw issueError("param.fixed", `${key} is ${param.value} in this graph as it was compiled: a gradient goes through the zone whose length it sets.`, {}, {
        got: String(value),
        fix: "Change it in the graph, and compile again.",
      });
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

function timings({ spent }: Engine, total: number): Timings {
  return { total, sessions: spent.networks + spent.steps, ...spent };
}
