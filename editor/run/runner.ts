import { createStore, type StoreApi } from "zustand/vanilla";
import type { StudioEvent, StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { keyOfNode } from "../document/keys.ts";
import { uiOf } from "../document/ui.ts";
import { nodeNameIn } from "../document/wire-name.ts";
import type { EditorState, EditorStore } from "../state/editor-store.ts";
import { createAutoRun, type AutoRun } from "./auto-run.ts";
import { breakpointsOf } from "./breakpoints-of.ts";
import { leadsOf } from "./leads.ts";
import type { EngineLink } from "./link.ts";
import { firstState, noRun } from "./no-run.ts";
import { createPlaceLinks, type Place, type PlaceLinks } from "./place-links.ts";
import { forkAt, forkedProgress, lineage } from "./forked.ts";
import { noProgress, withEvents } from "./run-progress.ts";
import { probesOf, runRequest, type Begin } from "./run-request.ts";
import type {
  Breakpoint,
  Fork,
  RunActions,
  RunProgress,
  RunSettings,
  RunState,
  RunStore,
  WireName,
} from "./run-store.ts";
import type { ServerState } from "./steady-socket.ts";
import { losesRuns } from "./server-link.ts";
import { createShownFrames, type ShownFrames } from "./shown-frames.ts";
import { whyStale, type Ran } from "./stale.ts";
import { untilId } from "./until.ts";

export interface RunStoreParts {
  readonly editor: EditorStore;
  readonly registry: Registry;
  /** Whether nothing is known that keeps the open graph from running. */
  readonly isSound?: () => boolean;
  /** The first is the default. */
  readonly places: readonly Place[];
  /** Milliseconds. */
  readonly clock: () => number;
  readonly later: (work: () => void, ms: number) => void;
}

/** Events are shown together, this often at most. */
const flushMs = 16;

const isAnswer = ({ type }: StudioEvent): boolean =>
  type === "frame" || type === "refused" || type === "inspected" || type === "scored";

/** Whether somebody asked for it; a frame may also be one that is watched. */
const isAsked = (event: StudioEvent): boolean =>
  isAnswer(event) && (event.type !== "frame" || event.ticket !== null);

const isGoing = ({ phase }: RunState): boolean =>
  phase === "starting" || phase === "running" || phase === "paused";

export function createRunner(parts: RunStoreParts): RunStore {
  const runner = new Runner(parts);
  return Object.assign(runner.store, { actions: actionsOf(runner) });
}

function actionsOf(runner: Runner): RunActions {
  const { store, frames } = runner;
  return {
    start: () => runner.start({}),
    pause: () => runner.ask("pause"),
    resume: () => runner.ask("resume"),
    cancel: () => runner.ask("cancel"),
    runTo: (place) => runner.runTo(place),
    step: () => (isGoing(store.getState()) ? runner.ask("step") : runner.start({ paused: true })),
    fork: (zone, iteration) => runner.fork(zone, iteration),
    setBackend: (backend) => runner.set({ backend }),
    setWhere: (where) => {
      runner.ask("cancel");
      runner.set({ where });
      runner.links.retry();
    },
    reconnect: () => runner.links.retry(),
    scrub(at, zone) {
      store.setState({ at, atZone: zone ?? null });
      frames.refresh();
    },
    frame: frames.frame,
    inspect: frames.inspect,
    score: frames.score,
    watch: frames.watch,
  };
}

const placeOf = (from: Fork | null): Begin["from"] =>
  from === null ? null : { run: from.run, zone: from.zone, iteration: from.iteration };

/** Sends runs of the open document to where they are to run, and keeps the store up with what comes back. */
class Runner {
  readonly store: StoreApi<RunState>;
  readonly frames: ShownFrames;
  readonly links: PlaceLinks;
  readonly #parts: RunStoreParts;
  readonly #auto: AutoRun;
  #kept: readonly WireName[] = [];
  #waiting: StudioEvent[] = [];
  #isFlushing = false;
  #runs = 0;
  #ran: Ran | null = null;
  /** Where the run that is shown was sent; what is asked of it goes there, wherever the next one will go. */
  #ranAt: EngineLink["where"] | null = null;
  /** What was told of the run of which the one that is shown may keep zones. */
  #earlier: RunProgress = noProgress;
  /** A run that was stopped while its server could not be asked to; what it may still do is of no matter. */
  #left: number | null = null;
  /** A place to stop at once. */
  #until: Breakpoint | null = null;

  constructor(parts: RunStoreParts) {
    const { editor, places, clock, later, isSound = () => true } = parts;
    const where = places[0]?.where ?? "browser";
    this.#parts = parts;
    this.store = createStore(() => ({ ...firstState, where, places: places.map((p) => p.where) }));
    const state = this.store.getState;
    this.links = createPlaceLinks({
      places,
      hear: (message) => this.#hear(message),
      connected: (connection) => this.#connected(connection),
    });
    this.frames = createShownFrames({ state, send: (request) => this.#send(request) });
    this.#auto = createAutoRun({ isSound, clock, later, state, start: () => this.start({}) });
    editor.subscribe((after, before) => this.#edited(after, before));
  }

  start({
    paused = false,
    from = null,
  }: {
    readonly paused?: boolean;
    readonly from?: Fork | null;
  }): void {
    const { settings, document } = this.#now();
    this.ask("cancel");
    this.#flush();
    const before = this.store.getState();
    const forget = this.#leave(from);
    const { outputs: leads, curves } = leadsOf(document, this.#parts.registry);
    this.#runs += 1;
    const run = this.#runs;
    this.#ran = { settings, document };
    this.#waiting = [];
    const isKeeper = from === null && !paused && before.staleWhy?.key === "run.stale.document";
    this.#earlier = isKeeper ? before : noProgress;
    const origin = from === null ? noProgress : forkedProgress(before, from, noProgress);
    this.store.setState({
      ...origin,
      phase: "starting",
      run,
      ran: document,
      from,
      leads,
      at: null,
      stale: false,
      staleWhy: null,
      interrupted: null,
    });
    this.#ranAt = settings.where;
    this.#kept = [...Object.values(leads), ...curves];
    const after = isKeeper ? before.run : null;
    const breakpoints = this.#breakpoints();
    const begin = { run, paused, from: placeOf(from), kept: this.#kept, breakpoints, after };
    this.#send(runRequest(document, settings, begin));
    forget();
    this.frames.follow();
    if (paused) this.#send({ type: "step", run });
  }

  /** Goes on, or starts, until a place comes up. */
  runTo(place: Omit<Breakpoint, "id">): void {
    this.#until = { ...place, id: untilId };
    const { phase } = this.store.getState();
    if (!isGoing(this.store.getState())) return this.start({});
    this.#tellBreakpoints();
    if (phase === "paused") this.ask("resume");
  }

  /** Leaves the run that is shown, unless the next one goes on from it; what is returned has its studio forget it. */
  #leave(from: Fork | null): () => void {
    const where = this.#ranAt;
    const needed = new Set(from === null ? [] : lineage(from));
    const left = lineage(this.store.getState()).filter((run) => !needed.has(run));
    if (where === null || left.length === 0) return () => {};
    if (from === null) this.frames.forget();
    return () => {
      for (const run of left) this.links.send(where, { type: "forget", run });
    };
  }

  #breakpoints(): readonly Breakpoint[] {
    const all = breakpointsOf(this.#now().document);
    return this.#until === null ? all : [...all, this.#until];
  }

  #tellBreakpoints(): void {
    this.tell((run) => ({ type: "breakpoints", run, breakpoints: [...this.#breakpoints()] }));
  }

  fork(zone: string, iteration: number): void {
    const from = forkAt(this.store.getState(), { zone, iteration });
    if (from === null) return;
    this.ask("cancel");
    this.start({ from });
  }

  /** Asks something of the run that goes on. */
  ask(type: "pause" | "resume" | "step" | "cancel"): void {
    // Whoever goes on wants to see where it comes to.
    if (type === "step" || type === "resume") this.store.setState({ at: null, atZone: null });
    this.tell((run) => ({ type, run }));
    if (type === "cancel" && this.#isCutOff()) this.#leaveBehind();
  }

  /** Whether the run that is shown goes on where nobody hears of it. */
  #isCutOff(): boolean {
    const { connection } = this.store.getState();
    return this.#ranAt === "server" && connection !== null && connection.is !== "open";
  }

  /** A run on a server that lets this page in no more comes to nothing. */
  #connected(connection: ServerState): void {
    this.store.setState({ connection });
    const state = this.store.getState();
    if (connection.is === "refused" && this.#ranAt === "server" && isGoing(state))
      this.#hear({ run: state.run, event: { type: "failed", issues: [connection.issue] } });
  }

  #leaveBehind(): void {
    const state = this.store.getState();
    if (!isGoing(state)) return;
    this.#flush();
    this.#left = state.run;
    this.store.setState({ phase: "cancelled", loading: null, pausedBy: null, remainingMs: null });
  }

  tell(request: (run: number) => StudioRequest): void {
    const { run } = this.store.getState();
    if (run !== null && isGoing(this.store.getState())) this.#send(request(run));
  }

  /** Changes what the next run is asked for. */
  set(settings: Partial<RunSettings>): void {
    this.store.setState(settings);
    this.#markStale();
  }

  #now(): Ran {
    return {
      settings: this.store.getState(),
      document: this.#parts.editor.getState().history.present,
    };
  }

  #edited({ history }: EditorState, { history: before }: EditorState): void {
    if (history.present === before.present) return;
    if (history.past.length + history.future.length === 0) return this.#opened();
    const [now, then] = [uiOf(history.present), uiOf(before.present)];
    if (now.probes !== then.probes) this.#tellProbes(history.present);
    if (now.breakpoints !== then.breakpoints) this.#tellBreakpoints();
    this.#markStale();
  }

  /** A wire that the run in progress does not have, for it came or got its name after its start, waits for the next run. */
  #tellProbes(document: Document): void {
    const ran = this.#ran?.document ?? document;
    const wires = probesOf(document, this.#kept).filter((wire) => {
      const node = nodeNameIn(wire);
      return node === null || keyOfNode(ran, node) !== null;
    });
    this.tell((run) => ({ type: "probes", run, wires }));
  }

  /** Another file has nothing to do with the runs of the one before. */
  #opened(): void {
    this.ask("cancel");
    this.#ran = null;
    this.#waiting = [];
    this.#until = null;
    this.#leave(null)();
    this.store.setState(noRun);
  }

  #markStale(): void {
    const staleWhy = whyStale(this.#ran, this.#now());
    this.store.setState({ stale: staleWhy !== null, staleWhy });
    if (staleWhy !== null) this.#auto.changed();
  }

  #send(request: StudioRequest): void {
    const where = this.#ranAt ?? this.store.getState().where;
    this.links.send(where, request);
  }

  #hear({ run, event }: StudioMessage): void {
    const state = this.store.getState();
    const isOwn = run === null || run === state.run;
    // Of the runs that this one went on from, what was asked of them.
    if (!isOwn && !(isAsked(event) && lineage(state).includes(run))) return;
    this.frames.hear(event);
    if (losesRuns(event)) this.frames.forget();
    if (run !== null && run === this.#left) return;
    if (isAnswer(event)) return;
    this.#waiting.push(event);
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#parts.later(() => this.#flush(), flushMs);
  }

  #flush(): void {
    this.#isFlushing = false;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length === 0) return;
    const before = this.store.getState();
    const after = withEvents(before, events, this.#earlier);
    this.store.setState(after);
    if (after.phase === before.phase || after.phase === "running") return;
    if (this.#until !== null && after.phase !== "starting") {
      this.#until = null;
      this.#tellBreakpoints();
    }
    this.#auto.ended();
    this.frames.refresh();
  }
}
