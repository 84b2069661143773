import { issueError, type Issue } from "../../base/issue.ts";
import { endsJob, type EngineEvent } from "../events.ts";
import type { CheckRequest, EngineRequest, RunRequest } from "../requests.ts";
import type { EngineHandle, StudioHost } from "./host.ts";

/** What an engine is to run, or to find out about a prior. */
export type Job = Omit<RunRequest, "run"> | Omit<CheckRequest, "run">;

type Steering = "pause" | "resume" | "step";

/** A job that waits or goes on. */
export interface RunningJob {
  readonly steer: (type: Steering) => void;
  readonly setProbes: (wires: readonly string[]) => void;
  readonly setCheckpointEvery: (every: number) => void;
  /** Nothing more is heard of it. */
  readonly drop: () => void;
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
export class EngineQueue {
  readonly #host: StudioHost;
  readonly #notice: (issue: Issue) => void;
  #engine: EngineHandle | null = null;
  #current: Entry | null = null;
  #waiting: readonly Entry[] = [];
  #stopTimer: (() => void) | null = null;
  #numbers = 0;

  constructor(host: StudioHost, notice: (issue: Issue) => void) {
    this.#host = host;
    this.#notice = notice;
  }

  /** Jobs run one after another; `listen` hears all events, the last is that of `endsJob`. */
  start(job: Job, listen: (event: EngineEvent) => void): RunningJob {
    this.#numbers += 1;
    const run = this.#numbers;
    const entry: Entry = { number: run, job, listen, waiting: [], dropped: false };
    const say = (request: EngineRequest): void => {
      if (entry.dropped) return;
      if (entry === this.#current) this.#engine?.send(request);
      else entry.waiting.push(request);
    };
    this.#waiting = [...this.#waiting, entry];
    if (this.#current === null) this.#next();
    return {
      steer: (type) => say({ type, run }),
      setProbes: (wires) => say({ type: "probes", run, wires: [...wires] }),
      setCheckpointEvery: (every) => say({ type: "checkpoints", run, every }),
      drop: () => this.#drop(entry),
    };
  }

  /** Ends the engine; nothing more is heard. */
  close(): void {
    this.#waiting = [];
    this.#end();
  }

  #end(): void {
    this.#letTimer();
    this.#engine?.kill();
    this.#engine = null;
    this.#current = null;
  }

  #letTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  #next(): void {
    this.#letTimer();
    [this.#current = null, ...this.#waiting] = this.#waiting;
    if (this.#current === null) return;
    this.#engine ??= this.#startEngine();
    this.#engine.send({ run: this.#current.number, ...this.#current.job });
    for (const request of this.#current.waiting) this.#engine.send(request);
  }

  #startEngine(): EngineHandle {
    return this.#host.startEngine({
      message: ({ run, event }) => {
        if (this.#current?.number === run) this.#tell(this.#current, event);
      },
      ended: (why) => {
        this.#engine = null;
        if (this.#current === null) this.#notice(endedIdle(why));
        else this.#tell(this.#current, { type: "failed", issues: [why] });
      },
    });
  }

  #tell(entry: Entry, event: EngineEvent): void {
    const isLast = endsJob(event);
    if (isLast) this.#current = null;
    if (!entry.dropped) entry.listen(event);
    if (isLast && this.#current === null) this.#next();
  }

  #drop(entry: Entry): void {
    if (entry.dropped) return;
    entry.dropped = true;
    this.#waiting = this.#waiting.filter((each) => each !== entry);
    if (entry !== this.#current) return;
    this.#engine?.send({ type: "cancel", run: entry.number });
    this.#stopTimer ??= this.#host.later(() => this.#giveUp(), patienceMs);
  }

  #giveUp(): void {
    this.#end();
    this.#notice(restarted);
    this.#next();
  }
}

/** No run was lost: that only says why the next one takes longer to begin. */
const endedIdle = ({ message }: Issue): Issue => ({
  code: "engine.restarted",
  message: "The engine ended while nothing was running; the next run starts a new one.",
  at: {},
  got: message,
});

const [restarted] = issueError(
  "engine.restarted",
  "The engine was in the middle of a long step and was ended; the next run starts a new one.",
).issues as readonly [Issue];
