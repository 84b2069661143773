import { IssueError, issueError, type Issue } from "../../base/issue.ts";
import type { Checkpoint } from "../../execute/events.ts";
import { invalidRequest, numberTaken, runOf } from "../invalid-request.ts";
import { createCheckpointShelf } from "./checkpoint-shelf.ts";
import { EngineQueue } from "./engine-queue.ts";
import { forkedCheckpoint } from "./fork.ts";
import type { Studio, StudioHost } from "./host.ts";
import { createLiveFeed } from "./live-feed.ts";
import { createAssetLoader, type AssetLoader } from "./load-assets.ts";
import { loadRun } from "./load-run.ts";
import type { StudioEvent } from "./messages.ts";
import { createFrameStore, type FrameStore } from "./recorder.ts";
import { checkpointAt, replay, type MadeFrame, type Place } from "./replay.ts";
import { studioRequest, type StudioCheck, type StudioRequest, type StudioRun } from "./requests.ts";
import { issuesOf } from "./issues-of.ts";
import { createPriorChecks, type PriorChecks } from "./prior-checks.ts";
import { OngoingRun } from "./studio-run.ts";
import { scoreRun } from "./score-run.ts";
import { isTensor } from "../../execute/is-tensor.ts";

type Asked<T extends StudioRequest["type"]> = Extract<StudioRequest, { type: T }>;

const defaultKeptBytes = 256 * 2 ** 20;

/** What a web worker and a server put around an engine, so that a page cannot tell one from the other. */
export function createStudio(host: StudioHost): Studio {
  const state = new StudioState(host);
  return {
    receive(message) {
      const { data: request, error } = studioRequest.safeParse(message);
      if (request === undefined) state.refuse(runOf(message), invalidRequest(error));
      else state.serve(request);
    },
    close: () => state.close(),
  };
}

class StudioState {
  readonly #host: StudioHost;
  readonly #queue: EngineQueue;
  readonly #assets: AssetLoader;
  readonly #checks: PriorChecks;
  readonly #frames: FrameStore;
  readonly #keptBytes: number;
  readonly #runs = new Map<number, OngoingRun>();
  /** Forgotten runs, of which others may keep zones. */
  readonly #leaving = new Set<OngoingRun>();
  /** Computing again takes turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(host: StudioHost) {
    const { keptBytes = defaultKeptBytes } = host;
    this.#host = host;
    this.#keptBytes = keptBytes;
    this.#queue = new EngineQueue(host, (issue) =>
      host.post({ run: null, event: { type: "warning", issue } }),
    );
    this.#assets = createAssetLoader(host.library, host.decode);
    this.#checks = createPriorChecks({
      queue: this.#queue,
      assets: this.#assets,
      post: (run, event) => host.post({ run, event }),
    });
    this.#frames = createFrameStore(keptBytes * 0.75);
  }

  refuse(run: number | null, issue: Issue): void {
    const goesOn = run === null || this.#isTaken(run);
    const event: StudioEvent = goesOn
      ? { type: "warning", issue }
      : { type: "failed", issues: [issue] };
    this.#host.post({ run, event });
  }

  close(): void {
    for (const run of this.#runs.values()) run.cancel();
    this.#queue.close();
  }

  serve(request: StudioRequest): void {
    if (request.type === "run") return this.#start(request);
    if (request.type === "check") return this.#check(request);
    const run = this.#checks.has(request.run) ? undefined : this.#runs.get(request.run);
    if (run === undefined) return this.#unknown(request);
    if (isSteering(request)) return run[request.type]();
    if (isTap(request)) return tap(run, request);
    switch (request.type) {
      case "frame":
        return this.#frame(run, request);
      case "inspect":
        return this.#inspect(run, request);
      case "score":
        return this.#score(run, request.ticket);
      case "forget":
        return this.#forget(run, request.run);
    }
  }

  #check(asked: StudioCheck): void {
    if (this.#isTaken(asked.run)) return this.refuse(asked.run, numberTaken(asked.run));
    this.#checks.start(asked);
  }

  #isTaken(run: number): boolean {
    return this.#checks.has(run) || this.#runs.get(run)?.isOver === false;
  }

  #unknown(request: Exclude<StudioRequest, StudioRun | StudioCheck>): void {
    if (request.type === "cancel") return this.#checks.cancel(request.run);
    if (!("ticket" in request)) return;
    const { run, ticket } = request;
    const { issues } = issueError("frame.no-run", "The run is not kept any more.");
    this.#host.post({ run, event: { type: "refused", ticket, issues } });
  }

  #start(asked: StudioRun): void {
    const number = asked.run;
    const before = this.#runs.get(number);
    if (this.#isTaken(number)) return this.refuse(number, numberTaken(number));
    if (before !== undefined) this.#forget(before, number);
    const post = (event: StudioEvent): void => this.#host.post({ run: number, event });
    const push = ({ wire, iteration, tensor }: MadeFrame): void =>
      post({ type: "frame", ticket: null, wire, iteration: [...iteration], tensor });
    const { clock, later } = this.#host;
    const parts = {
      queue: this.#queue,
      recorder: this.#frames.open(),
      shelf: createCheckpointShelf(this.#keptBytes / 4),
      live: createLiveFeed({ push, clock, later }),
      post,
    };
    const earlier = asked.after === undefined ? undefined : this.#runs.get(asked.after);
    const run = new OngoingRun(asked, parts, earlier ?? null);
    // One that stands still on the engine would keep it from all others.
    for (const other of this.#runs.values()) if (other.isHeld) other.park();
    this.#runs.set(number, run);
    void this.#begin(run, post);
  }

  async #begin(run: OngoingRun, post: (event: StudioEvent) => void): Promise<void> {
    const { registry, library } = this.#host;
    try {
      const progress = (file: string) => (bytes: number, total: number | null) =>
        run.isOver ? undefined : post({ type: "loading", file, bytes, total });
      const assets = this.#assets;
      const compile = await loadRun(run.asked, { registry, library, assets, progress });
      run.begin(compile, await this.#origin(run.asked));
    } catch (error) {
      run.fail(issuesOf(error));
    }
  }

  /** Where a fork goes on from. */
  async #origin(asked: StudioRun): Promise<Checkpoint | null> {
    const { from } = asked;
    if (from === undefined || from.iteration === 0) return null;
    const parent = this.#runs.get(from.run);
    if (parent === undefined) throw issueError("frame.no-run", "The run is not kept any more.");
    const found =
      parent.parts.shelf.at(from.zone, from.iteration) ??
      (await this.#exclusively(() =>
        checkpointAt(this.#queue, parent.jobFrom({ ...from, iteration: from.iteration - 1 }), from),
      ));
    return forkedCheckpoint(found, parent.asked, asked, this.#host.registry);
  }

  #frame(run: OngoingRun, { ticket, wire, iteration }: Asked<"frame">): void {
    const post = (event: StudioEvent): void => this.#host.post({ run: run.asked.run, event });
    const output = wire.startsWith("=") ? run.outputs[wire.slice(1)] : undefined;
    const found =
      output !== undefined && isTensor(output)
        ? output
        : run.zones.sourceOf(outermost(wire)).parts.recorder.find(wire, iteration);
    if (found === "unknown")
      return post({ type: "refused", ticket, issues: [noFrame(wire, iteration)] });
    if (found !== "dropped") return post({ type: "frame", ticket, wire, iteration, tensor: found });
    const [outer] = iteration;
    const place = outer === undefined ? null : { zone: outermost(wire), iteration: outer };
    void this.#answer(run, ticket, async () => {
      const made = await this.#replay(run, place, [wire]);
      const frame = made.find((each) => each.iteration.join() === iteration.join());
      if (frame === undefined) throw new IssueError([noFrame(wire, iteration)]);
      post({ type: "frame", ticket, wire, iteration, tensor: frame.tensor });
    });
  }

  #inspect(run: OngoingRun, { ticket, zone, iteration, wires }: Asked<"inspect">): void {
    const post = (event: StudioEvent): void => this.#host.post({ run: run.asked.run, event });
    const [outer, ...inner] = iteration;
    void this.#answer(run, ticket, async () => {
      const place = outer === undefined ? null : { zone, iteration: outer };
      const made = await this.#replay(run, place, wires);
      for (const { wire, iteration: at, tensor } of lastOfEach(made, inner))
        post({ type: "frame", ticket, wire, iteration: [...at], tensor });
      post({ type: "inspected", ticket });
    });
  }

  #score(run: OngoingRun, ticket: number): void {
    const number = run.asked.run;
    const isKept = () => this.#runs.get(number) === run;
    void this.#answer(run, ticket, async () => {
      const event = await scoreRun(run, ticket, { queue: this.#queue, isKept });
      this.#host.post({ run: number, event });
    });
  }

  async #answer(run: OngoingRun, ticket: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const event: StudioEvent = { type: "refused", ticket, issues: issuesOf(error) };
      this.#host.post({ run: run.asked.run, event });
    }
  }

  #replay(run: OngoingRun, place: Place, wires: readonly string[]): Promise<readonly MadeFrame[]> {
    const from = place === null ? run : run.zones.sourceOf(place.zone);
    return this.#exclusively(() => replay(this.#queue, from.jobFrom(place), { place, wires }));
  }

  /** Runs that go on make way meanwhile. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      const going = [...this.#runs.values()].filter(({ hasEngine }) => hasEngine);
      for (const run of going) run.park();
      try {
        return await work();
      } finally {
        for (const run of going) run.unpark();
      }
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #forget(run: OngoingRun, number: number): void {
    if (!run.isOver) return;
    this.#runs.delete(number);
    this.#leaving.add(run);
    const left = [...this.#runs.values()];
    for (const each of this.#leaving) {
      if (left.some(({ zones }) => zones.needs(each))) continue;
      each.parts.recorder.clear();
      this.#leaving.delete(each);
    }
  }
}

type Steering = Asked<"pause" | "resume" | "step" | "cancel">;

const isSteering = (request: StudioRequest): request is Steering =>
  ["pause", "resume", "step", "cancel"].includes(request.type);

type Tap = Asked<"probes" | "breakpoints" | "watch">;

const isTap = (request: StudioRequest): request is Tap =>
  ["probes", "breakpoints", "watch"].includes(request.type);

function tap(run: OngoingRun, request: Tap): void {
  run.tap((taps) => {
    if (request.type === "probes") taps.setProbes(request.wires);
    else if (request.type === "watch") taps.watch(request.wires);
    else taps.setBreakpoints(request.breakpoints);
  });
}

/** Of each wire the newest frame, of inner iterations up to `inner`. */
function lastOfEach(frames: readonly MadeFrame[], inner: readonly number[]): readonly MadeFrame[] {
  const found = new Map<string, MadeFrame>();
  for (const frame of frames)
    if (!isAfter(frame.iteration.slice(1), inner)) found.set(frame.wire, frame);
  return [...found.values()];
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, bound] of b.entries()) {
    const at = a[i] ?? 0;
    if (at !== bound) return at > bound;
  }
  return false;
}

const outermost = (wire: string): string => wire.split(/[/.]/u)[0] ?? "";

const noFrame = (wire: string, iteration: readonly number[]): Issue => ({
  code: "frame.unknown",
  message: `${wire} has no frame of the iteration ${iteration.join(", ") || "outside of zones"}.`,
  at: {},
});
