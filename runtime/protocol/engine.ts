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
import { invalidRequest, numberTaken, runOf } from "./invalid-request.ts";
import { openWeights, type ReadFile } from "./open-weights.ts";
import type { CheckPrior } from "./prior-check.ts";
import {
  engineRequest,
  startsJob,
  type CheckRequest,
  type EngineRequest,
  type RunRequest,
} from "./requests.ts";
import { serveCheck } from "./serve-check.ts";

/** What differs between a child process and a web worker. */
export interface EngineHost {
  readonly registry: Registry;
  readonly post: (message: EngineMessage) => void;
  readonly createBackend: (
    wanted: "auto" | BackendId,
    options: BackendOptions,
  ) => Promise<ChosenBackend>;
  readonly startPoolWorker: StartPoolWorker;
  /** Left out where no priors are checked. */
  readonly checkPrior?: CheckPrior;
  /** Reads a file whole; left out where there are none. */
  readonly readFile?: ReadFile;
  /** Milliseconds. */
  readonly clock: () => number;
  /** As a run's option has it. */
  readonly breathe?: () => Promise<void>;
  /** The most memory that the host's process has held, in bytes. */
  readonly peakMemory?: () => number;
  /** Has what cannot be told as an event: of a message without a run, of a `post` that throws. */
  readonly log?: (issue: Issue) => void;
}

export interface Engine {
  /**
   * Takes a request as it came over the wire. Never throws: what is no request is answered with
   * the code `protocol.invalid`, by `failed` or, where a run of that number goes on, by `warning`;
   * the host's log has it where the message names no run.
   */
  readonly receive: (message: unknown) => void;
}

interface Ready {
  readonly chosen: ChosenBackend;
  readonly sessions: SessionCache;
}

type JobRequest = RunRequest | CheckRequest;

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
  const readyOn = ({ backend, threads }: JobRequest["options"]): Promise<Ready> => {
    const key = `${backend} ${threads}`;
    const known = backends.get(key) ?? makeReady(host, backend, threads);
    backends.set(key, known);
    known.catch(() => backends.delete(key));
    return known;
  };
  const start = (request: JobRequest): void => {
    const running = {
      control: createRunControl(request.type === "run" ? request.options.probes : undefined),
      abort: new AbortController(),
    };
    runs.set(request.run, running);
    const post = (event: EngineEvent): void => host.post({ run: request.run, event });
    const turn = async (): Promise<void> => {
      if (request.type === "check") return check(host, request, { running, ready: readyOn, post });
      pool.current ??= createNoisePool({ start: host.startPoolWorker });
      await serve(host, request, { running, ready: readyOn, pool: pool.current, post });
    };
    // Whatever happens in its turn, a run leaves the list, and the next one has its own turn.
    last = last
      .then(turn)
      .catch((error: unknown) =>
        tell(host, request.run, { type: "failed", issues: issuesOf(error) }),
      )
      .finally(() => void runs.delete(request.run));
  };
  return {
    receive(message) {
      const refuse = (issue: Issue): void => {
        const number = runOf(message);
        if (number === null) host.log?.(issue);
        else if (runs.has(number)) tell(host, number, { type: "warning", issue });
        else tell(host, number, { type: "failed", issues: [issue] });
      };
      const { data: request, error } = engineRequest.safeParse(message);
      if (request === undefined) refuse(invalidRequest(error));
      else if (!startsJob(request)) steer(request, runs.get(request.run));
      else if (runs.has(request.run)) refuse(numberTaken(request.run));
      else start(request);
    },
  };
}

function steer(request: Exclude<EngineRequest, JobRequest>, running: Running | undefined): void {
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
    case "checkpoints":
      return control.setCheckpointEvery(request.every);
    case "cancel":
      control.resume();
      return abort.abort();
  }
}

interface Serving {
  readonly running: Running;
  readonly ready: (options: JobRequest["options"]) => Promise<Ready>;
  readonly pool: NoisePool;
  readonly post: (event: EngineEvent) => void;
}

function check(
  { checkPrior, readFile }: EngineHost,
  request: CheckRequest,
  { running, ready, post }: Omit<Serving, "pool">,
): Promise<void> {
  return serveCheck(request, {
    checkPrior,
    readFile,
    signal: running.abort.signal,
    post,
    async ready() {
      const { chosen, sessions } = await ready(request.options);
      return { backend: chosen.backend, sessions };
    },
  });
}

async function serve(host: EngineHost, request: RunRequest, serving: Serving): Promise<void> {
  const { post, running } = serving;
  try {
    const compiled = await compileRequest(host, request, post);
    const { chosen, sessions } = await serving.ready(request.options);
    for (const issue of chosen.notices) post({ type: "warning", issue });
    const { seed, samples, params, resume, ended, checkpointEvery, tape } = request.options;
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
      ...(ended === undefined ? {} : { ended }),
      ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
      ...(host.breathe === undefined ? {} : { breathe: host.breathe }),
    });
    for await (const event of events)
      post(
        event.type === "done" && host.peakMemory !== undefined
          ? { ...event, peakMemoryBytes: host.peakMemory() }
          : event,
      );
  } finally {
    serving.pool.clear();
  }
}

async function compileRequest(
  host: EngineHost,
  { compile: { task, assets, ...rest } }: RunRequest,
  post: (event: EngineEvent) => void,
): Promise<Compiled> {
  const compiled = compile({
    ...rest,
    assets: { ...assets, models: await openWeights(assets.models, host.readFile) },
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

type Trouble = Extract<EngineEvent, { type: "failed" | "warning" }>;

/** Posts what is wrong; where that fails too, the host's log has it. */
function tell(host: EngineHost, run: number, event: Trouble): void {
  try {
    host.post({ run, event });
  } catch (error) {
    const issues = event.type === "failed" ? event.issues : [event.issue];
    for (const issue of [...issues, ...issuesOf(error)]) host.log?.(issue);
  }
}

function issuesOf(error: unknown): readonly Issue[] {
  if (error instanceof IssueError) return error.issues;
  const got = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [first = ""] = got.split("\n");
  return issueError("internal", `Denoodle made a mistake of its own: ${first}.`, {}, { got })
    .issues;
}
