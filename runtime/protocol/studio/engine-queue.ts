import { issueError, type Issue } from "../../base/issue.ts";
import type { EngineEvent } from "../events.ts";
import type { EngineRequest, RunRequest } from "../requests.ts";
import type { EngineHandle, StudioHost } from "./host.ts";

/** What an engine is to run. */
export type Job = Pick<RunRequest, "compile" | "options">;

type Steering = "pause" | "resume" | "step";

/** A job that waits or goes on. */
export interface RunningJob {
  readonly steer: (type: Steering) => void;
  readonly setProbes: (wires: readonly string[]) => void;
  readonly setCheckpointEvery: (every: number) => void;
  /** Nothing more is heard of it. */
  readonly drop: () => void;
}

export interface EngineQueue {
  /** Jobs run one after another; `listen` hears all events, the last is `done` or `failed`. */
  readonly start: (job: Job, listen: (event: EngineEvent) => void) => RunningJob;
  readonly close: () => void;
}

interface Entry {
  readonly number: number;
  readonly job: Job;
  readonly listen: (event: EngineEvent) => void;
  /** What was said before the engine had it. */
  readonly waiting: EngineRequest[];
  dropped: boolean;
}

/** A dropped job that an engine does not let go within this time is ended together with the engine. */
const patienceMs = 1000;

/** One engine, started when it is needed and anew after it has ended. `notice` has what a person should know of that. */
export function createEngineQueue(host: StudioHost, notice: (issue: Issue) => void): EngineQueue {
  let engine: EngineHandle | null = null;
  let current: Entry | null = null;
  let waiting: readonly Entry[] = [];
  let stopTimer: (() => void) | null = null;
  let numbers = 0;
  const close = (): void => {
    stopTimer?.();
    stopTimer = null;
    engine?.kill();
    engine = null;
    current = null;
  };
  const next = (): void => {
    stopTimer?.();
    stopTimer = null;
    [current = null, ...waiting] = waiting;
    if (current === null) return;
    engine ??= startEngine();
    engine.send({ type: "run", run: current.number, ...current.job });
    for (const request of current.waiting) engine.send(request);
  };
  const tell = (entry: Entry, event: EngineEvent): void => {
    const isLast = event.type === "done" || event.type === "failed";
    if (isLast) current = null;
    if (!entry.dropped) entry.listen(event);
    if (isLast && current === null) next();
  };
  const startEngine = (): EngineHandle =>
    host.startEngine({
      message: ({ run, event }) => {
        if (current?.number === run) tell(current, event);
      },
      ended(why) {
        engine = null;
        if (current === null) return notice(why);
        tell(current, { type: "failed", issues: [why] });
      },
    });
  const giveUp = (): void => {
    close();
    notice(restarted);
    next();
  };
  const drop = (entry: Entry): void => {
    if (entry.dropped) return;
    entry.dropped = true;
    waiting = waiting.filter((each) => each !== entry);
    if (entry !== current) return;
    engine?.send({ type: "cancel", run: entry.number });
    stopTimer ??= host.later(giveUp, patienceMs);
  };
  return {
    start(job, listen) {
      const entry: Entry = { number: (numbers += 1), job, listen, waiting: [], dropped: false };
      const say = (request: EngineRequest): void => {
        if (entry.dropped) return;
        if (entry === current) engine?.send(request);
        else entry.waiting.push(request);
      };
      waiting = [...waiting, entry];
      if (current === null) next();
      const run = entry.number;
      return {
        steer: (type) => say({ type, run }),
        setProbes: (wires) => say({ type: "probes", run, wires: [...wires] }),
        setCheckpointEvery: (every) => say({ type: "checkpoints", run, every }),
        drop: () => drop(entry),
      };
    },
    close() {
      waiting = [];
      close();
    },
  };
}

const [restarted] = issueError(
  "engine.restarted",
  "The engine was in the middle of a long step and was ended; the next run starts a new one.",
).issues as readonly [Issue];
