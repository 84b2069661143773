import { issueError, type Issue } from "../../base/issue.ts";
import type { Checkpoint, Result } from "../../execute/events.ts";
import type { CheckEvent, EngineEvent } from "../events.ts";
import type { RunRequest } from "../requests.ts";
import type { Ran } from "../score/run-to-end.ts";
import type { Hit } from "./breakpoints.ts";
import type { CheckpointShelf } from "./checkpoint-shelf.ts";
import type { EngineQueue, RunningJob } from "./engine-queue.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { PauseReason, StudioEvent } from "./messages.ts";
import type { Recorder } from "./recorder.ts";
import { frameIn, type MadeFrame, type RunJob } from "./replay.ts";
import type { StudioRun } from "./requests.ts";
import { outputSummaryOf } from "./summary.ts";
import { createTaps, type Taps } from "./taps.ts";
import { ZoneEnds } from "./zone-ends.ts";

type Of<T extends EngineEvent["type"]> = Extract<EngineEvent, { type: T }>;

type Handled = Exclude<EngineEvent["type"], "probe" | "scan" | CheckEvent["type"]>;

/** What a run works with; the recorder, the shelf and the feed are its own. */
export interface RunParts {
  readonly queue: EngineQueue;
  readonly recorder: Recorder;
  readonly shelf: CheckpointShelf;
  readonly live: LiveFeed;
  readonly post: (event: StudioEvent) => void;
}

/** Checkpoints of a zone, for as many iterations as it has; between them it is computed again. */
const mostCheckpoints = 64;

/**
 * One run as a watcher sees it. It may take several jobs of the engine: a run that stands still can be taken off the
 * engine (`park`), and goes on from its checkpoint to the same bits; what was told before is not told again.
 */
export class OngoingRun {
  readonly asked: StudioRun;
  readonly parts: RunParts;
  readonly zones: ZoneEnds<OngoingRun>;
  readonly #taps: Taps;
  #compile: RunRequest["compile"] | null = null;
  #job: RunningJob | null = null;
  #isPaused = false;
  #isOver = false;
  #isDone = false;
  #isStarted = false;
  #every = 1;
  #pauseReason: PauseReason = { kind: "asked" };
  #hit: Hit | null = null;
  #parksNext = false;
  #stepsLeft = 0;
  #outputs: Readonly<Record<string, Result>> = {};
  /** By zone, iterations that were told. */
  readonly #told = new Map<string, number>();
  #place: { readonly zone: string; readonly iteration: number } | null = null;
  #origin: Checkpoint | null = null;
  /** @param earlier of which it may keep zones; null where it keeps none. */
  constructor(asked: StudioRun, parts: RunParts, earlier: OngoingRun | null) {
    this.asked = asked;
    this.zones = new ZoneEnds<OngoingRun>(this, earlier);
    this.parts = parts;
    this.#taps = createTaps(asked.options, parts);
    this.#isPaused = asked.options.paused === true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the engine has it, standing still or not. */
  get hasEngine(): boolean {
    return this.#job !== null;
  }

  /** Whether it stands still on the engine. */
  get isHeld(): boolean {
    return this.#isPaused && this.#job !== null;
  }

  /** Null until its files are there. */
  get compile(): RunRequest["compile"] | null {
    return this.#compile;
  }

  /** Whether it has come to its end. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** What an engine was asked for; null until its files are there. */
  get ran(): Ran | null {
    return this.#compile === null
      ? null
      : { compile: this.#compile, options: this.#engineOptions() };
  }

  get outputs(): Readonly<Record<string, Result>> {
    return this.#outputs;
  }

  /** Begins; `origin` is where a fork goes on from. */
  begin(compile: RunRequest["compile"], origin: Checkpoint | null): void {
    if (this.#isOver) return;
    this.#compile = compile;
    this.#origin = origin;
    this.zones.compare({ asked: this.asked, compile });
    this.#launch(this.#isPaused ? this.#stepsLeft : null);
  }

  /** The job that computes again from before a place. @throws IssueError while nothing is compiled. */
  jobFrom(place: { readonly zone: string; readonly iteration: number } | null): RunJob {
    const before = place === null ? null : this.parts.shelf.before(place.zone, place.iteration);
    return this.#jobOf(before ?? this.#origin, place?.zone);
  }

  pause(): void {
    if (this.#isOver || this.#isPaused) return;
    this.#pauseReason = { kind: "asked" };
    if (this.#job === null) this.#isPaused = true;
    else this.#job.steer("pause");
  }

  resume(): void {
    if (this.#isOver || !this.#isPaused) return;
    this.#isPaused = false;
    this.#stepsLeft = 0;
    this.parts.post({ type: "resumed" });
    if (this.#job === null) this.unpark();
    else this.#job.steer("resume");
  }

  step(): void {
    if (this.#isOver) return;
    this.#pauseReason = { kind: "step" };
    this.#isPaused = true;
    if (this.#job !== null) return this.#job.steer("step");
    if (this.#compile === null) this.#stepsLeft += 1;
    else this.#launch(1);
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#job?.drop();
    this.fail([cancelled]);
  }

  fail(issues: readonly Issue[]): void {
    if (this.#isOver) return;
    this.parts.live.flush();
    this.#end({ type: "failed", issues });
  }

  /** Changes what is tapped, from the next iteration on. */
  tap(change: (taps: Taps) => void): void {
    change(this.#taps);
    this.#job?.setProbes(this.#taps.wires());
  }

  /** Takes the run off the engine, where it stands. */
  park(): void {
    this.#job?.drop();
    this.#job = null;
    this.#parksNext = false;
  }

  /** Puts it on the engine again, unless it stands still. */
  unpark(): void {
    if (!this.#isOver && !this.#isPaused && this.#job === null && this.#compile !== null)
      this.#launch(null);
  }

  #jobOf(resume: Checkpoint | null, zone: string | undefined): RunJob {
    if (this.#compile === null)
      throw issueError("run.not-begun", "The run has not begun: its files are being read.");
    const { [zone ?? ""]: _, ...ended } = this.zones.given;
    return {
      type: "run",
      compile: this.#compile,
      options: {
        ...this.#engineOptions(),
        ended,
        ...(resume === null ? {} : { resume }),
      },
    };
  }

  #engineOptions(): RunJob["options"] {
    const { backend, threads, seed, samples } = this.asked.options;
    return {
      backend,
      seed,
      ...(threads === undefined ? {} : { threads }),
      ...(samples === undefined ? {} : { samples }),
    };
  }

  /** Starts a job where the run stands; `steps`: iterations until it stands still again, null for no end. */
  #launch(steps: number | null): void {
    const job = this.jobFrom(this.#place);
    const probes = [...this.#taps.wires()];
    const options = { ...job.options, probes, checkpointEvery: this.#every };
    this.#job = this.parts.queue.start({ ...job, options }, (event) => this.#hear(event));
    if (steps === null) return;
    this.#stepsLeft = steps;
    this.#job.steer("pause");
  }

  #hear(event: EngineEvent): void {
    if (this.#parksNext && isAfterStep(event)) {
      this.#stopHere();
      return;
    }
    const frame = frameIn(event);
    if (frame !== null) this.#record(frame);
    else if (event.type in this.#handlers)
      (this.#handlers[event.type as Handled] as (event: EngineEvent) => void)(event);
  }

  readonly #handlers: { readonly [T in Handled]: (event: Of<T>) => void } = {
    started: (event) => {
      if (!this.#isStarted) this.parts.post(event);
      this.#isStarted = true;
    },
    step: (event) => this.#stepped(event),
    preview: ({ output, iteration, tensor }) => {
      const frame = { wire: `=${output}`, iteration, tensor };
      if (iteration.length === 0) this.#record(frame);
      else this.parts.live.offer(frame);
    },
    checkpoint: ({ checkpoint }) => {
      this.#keep(checkpoint);
      if (this.#parksNext) this.#stopHere();
    },
    held: (event) => this.#held(event),
    kept: (event) => {
      if (this.zones.keep(event.zone)) this.parts.post(event);
    },
    ended: ({ zone, end }) => this.zones.ended(zone, end),
    warning: (event) => this.parts.post(event),
    done: (event) => this.#done(event),
    failed: (event) => this.#failed(event),
  };

  #keep(checkpoint: Checkpoint): void {
    const { shelf, post } = this.parts;
    shelf.add(checkpoint);
    for (const zone of Object.keys(checkpoint.loops))
      post({ type: "keyframes", zone, iterations: [...shelf.places(zone)] });
  }

  #record({ wire, iteration, tensor }: MadeFrame): void {
    const summary = this.parts.recorder.add(wire, iteration, tensor);
    if (summary === null) return;
    this.parts.post({ type: "frame-made", wire, iteration: [...iteration], summary });
    this.parts.live.offer({ wire, iteration, tensor });
    this.#hit ??= this.#taps.atFrame(wire, iteration, summary);
  }

  #stepped(event: Of<"step">): void {
    const { zone, iteration, count } = event;
    const every = Math.ceil(count / mostCheckpoints);
    if (every !== this.#every) this.#job?.setCheckpointEvery(every);
    this.#every = every;
    if (iteration < (this.#told.get(zone) ?? 0)) return;
    this.#told.set(zone, iteration + 1);
    this.#place = { zone, iteration: iteration + 1 };
    this.parts.post(event);
    this.#hit ??= this.#taps.atStep(event);
    this.#parksNext = this.#hit !== null;
  }

  /** Stands still at a breakpoint; the engine, which may have gone on, comes back to here. */
  #stopHere(): void {
    const hit = this.#hit;
    this.#hit = null;
    this.park();
    if (hit !== null)
      this.#tellPaused({ kind: "breakpoint", ...hit, iteration: [...hit.iteration] });
  }

  #held({ zone, iteration }: Of<"held">): void {
    const isBehind = iteration < (this.#told.get(zone) ?? 0);
    if (isBehind || this.#stepsLeft > 0) {
      if (!isBehind) this.#stepsLeft -= 1;
      this.#job?.steer("step");
      return;
    }
    this.#place = { zone, iteration };
    this.#tellPaused(this.#pauseReason);
  }

  #tellPaused(why: PauseReason): void {
    this.#isPaused = true;
    this.parts.live.flush();
    const { zone, iteration } = this.#place ?? { zone: null, iteration: null };
    this.parts.post({ type: "paused", zone, iteration, why });
  }

  #done({ outputs, nfe, vjpCalls, timings, peakMemoryBytes }: Of<"done">): void {
    this.#outputs = outputs;
    this.#isDone = true;
    for (const [name, value] of Object.entries(outputs)) {
      const frame = frameIn({ type: "scan", name: `=${name}`, iteration: [], value });
      if (frame !== null) this.parts.live.offer(frame);
    }
    this.parts.live.flush();
    const told = Object.entries(outputs).map(([name, value]) => [name, outputSummaryOf(value)]);
    this.#end({
      type: "done",
      outputs: Object.fromEntries(told) as Extract<StudioEvent, { type: "done" }>["outputs"],
      nfe,
      vjpCalls,
      timings,
      ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
    });
  }

  /** An engine that died leaves a run that can go on, where it had come anywhere. */
  #failed({ issues }: Of<"failed">): void {
    this.#job = null;
    const [crash] = issues;
    if (crash?.code !== "engine.ended" || this.#place === null) return this.fail(issues);
    this.parts.post({ type: "warning", issue: crash });
    this.#tellPaused({ kind: "crashed" });
  }

  #end(event: StudioEvent): void {
    this.#isOver = true;
    this.#job = null;
    this.zones.settle();
    this.parts.post(event);
  }
}

/** Whether an event belongs to what comes after a step; the end of a run is no place to stand still at. */
const isAfterStep = ({ type }: EngineEvent): boolean =>
  type !== "checkpoint" && type !== "preview" && type !== "done";

const [cancelled] = issueError("run.cancelled", "The run was cancelled.").issues as readonly [
  Issue,
];
