import { IssueError, issueError, type Issue } from "../base/issue.ts";
import { compile, type Compiled } from "../compile/compile.ts";
import type { BackendId, BackendOptions, ChosenBackend } from "../execute/backend.ts";
import { createRunControl, type RunControl } from "../execute/control.ts";
import { createNoisePool, type NoisePool } from "../execute/noise/noise-pool.ts";
import { philoxNoise } from "../execute/noise/philox-noise.ts";
import type { StartPoolWorker } from "../execute/noise/pool-worker.ts";
import { tapeNoise } from "../execute/noise/tape-noise.ts";
import { run } from "../execute/run.ts";
import { createSessionCache, type SessionCache } from "../execute/session-cache.ts";
import type { Registry } from "../graph/define-node.ts";
import type { EngineEvent, EngineMessage } from "./events.ts";
import { engineRequest, type EngineRequest, type RunRequest } from "./requests.ts";

/** What differs between a child process and a web worker. */
export interface EngineHost {
  readonly registry: Registry;
  readonly post: (message: EngineMessage) => void;
  readonly createBackend: (
    wanted: "auto" | BackendId,
    options: BackendOptions,
  ) => Promise<ChosenBackend>;
  readonly startPoolWorker: StartPoolWorker;
  /** Milliseconds. */
  readonly clock: () => number;
}

export interface Engine {
  /** Takes a request as it came over the wire. */
  readonly receive: (message: unknown) => void;
}

interface Ready {
  readonly chosen: ChosenBackend;
  readonly sessions: SessionCache;
}

interface Running {
  readonly control: RunControl;
  readonly abort: AbortController;
}

/** Serves requests in the order in which they come; backends and their sessions are kept between runs. */
export function createEngine(host: EngineHost): Engine {
  const backends = new Map<string, Promise<Ready>>();
  const runs = new Map<number, Running>();
  const pool = { current: null as NoisePool | null };
  let last: Promise<void> = Promise.resolve();
  const readyOn = ({ backend, threads }: RunRequest["options"]): Promise<Ready> => {
    const key = `${backend} ${threads}`;
    const known = backends.get(key) ?? makeReady(host, backend, threads);
    backends.set(key, known);
    known.catch(() => backends.delete(key));
    return known;
  };
  const start = (request: RunRequest): void => {
    const running = {
      control: createRunControl(request.options.probes),
      abort: new AbortController(),
    };
    runs.set(request.run, running);
    last = last.then(async () => {
      pool.current ??= createNoisePool({ start: host.startPoolWorker });
      const post = (event: EngineEvent): void => host.post({ run: request.run, event });
      await serve(host, request, { running, ready: readyOn, pool: pool.current, post });
      runs.delete(request.run);
    });
  };
  return {
    receive(message) {
      const request = engineRequest.parse(message);
      if (request.type === "run") start(request);
      else steer(request, runs.get(request.run));
    },
  };
}

function steer(
  request: Exclude<EngineRequest, { type: "run" }>,
  running: Running | undefined,
): void {
  if (running === undefined) return;
  const { control, abort } = running;
  switch (request.type) {
    case "pause":
      return control.pause();
    case "resume":
      return control.resume();
    case "step":
      return control.step();
    case "probes":
      return control.setProbes(request.wires);
    case "cancel":
      control.resume();
      return abort.abort();
  }
}

interface Serving {
  readonly running: Running;
  readonly ready: (options: RunRequest["options"]) => Promise<Ready>;
  readonly pool: NoisePool;
  readonly post: (event: EngineEvent) => void;
}

async function serve(host: EngineHost, request: RunRequest, serving: Serving): Promise<void> {
  const { post, running } = serving;
  try {
    const compiled = compileRequest(host, request, post);
    const { chosen, sessions } = await serving.ready(request.options);
    for (const issue of chosen.notices) post({ type: "warning", issue });
    const { seed, samples, params, resume, checkpointEvery, tape } = request.options;
    const philox = philoxNoise(seed, serving.pool);
    const events = run(compiled, {
      backend: chosen.backend,
      sessions,
      seed,
      noise: tape === undefined ? philox : tapeNoise(tape, philox),
      clock: host.clock,
      control: running.control,
      signal: running.abort.signal,
      ...(samples === undefined ? {} : { samples }),
      ...(params === undefined ? {} : { params }),
      ...(resume === undefined ? {} : { resume }),
      ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
    });
    for await (const event of events) post(event);
  } catch (error) {
    post({ type: "failed", issues: issuesOf(error) });
  } finally {
    serving.pool.clear();
  }
}

function compileRequest(
  host: EngineHost,
  { compile: { task, ...rest } }: RunRequest,
  post: (event: EngineEvent) => void,
): Compiled {
  const compiled = compile({
    ...rest,
    ...(task === undefined ? {} : { task }),
    registry: host.registry,
  });
  for (const { name, why } of compiled.leftOut)
    post({
      type: "warning",
      issue: {
        code: "output.left-out",
        message: `The output ${name} is left out: ${why}.`,
        at: { path: ["outputs", name] },
      },
    });
  return compiled;
}

async function makeReady(
  host: EngineHost,
  wanted: "auto" | BackendId,
  threads: number | undefined,
): Promise<Ready> {
  const chosen = await host.createBackend(wanted, threads === undefined ? {} : { threads });
  return { chosen, sessions: createSessionCache(chosen.backend) };
}

function issuesOf(error: unknown): readonly Issue[] {
  if (error instanceof IssueError) return error.issues;
  const got = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [first = ""] = got.split("\n");
  return issueError("internal", `Denoodle made a mistake of its own: ${first}.`, {}, { got })
    .issues;
}
