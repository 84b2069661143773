import { own } from "../../runtime/graph/own.ts";
import type { Issue } from "../../runtime/base/issue.ts";
import type { OutputSummary, StudioEvent } from "../../runtime/protocol/studio/messages.ts";
import { withKept } from "./kept-progress.ts";
import type { FrameTrack, RunProgress, StepMade, WireName } from "./run-store.ts";

type Of<T extends StudioEvent["type"]> = Extract<StudioEvent, { type: T }>;

export const noProgress: RunProgress = {
  phase: "idle",
  chosen: null,
  loading: null,
  zones: {},
  kept: [],
  keyframes: {},
  steps: [],
  nfe: 0,
  vjpCalls: 0,
  elapsedMs: 0,
  remainingMs: null,
  tracks: {},
  pausedBy: null,
  outputs: {},
  shapes: {},
  peakMemoryBytes: null,
  numbers: {},
  issues: [],
};

/** The progress after a batch of events of its run, which may keep zones of an earlier one; frames are copied once a batch. */
export function withEvents(
  before: RunProgress,
  events: readonly StudioEvent[],
  earlier: RunProgress = noProgress,
): RunProgress {
  const made = events.filter((event) => event.type === "frame-made");
  const steps = events.filter((event) => event.type === "step");
  const rest = events.filter((event) => event.type !== "frame-made" && event.type !== "step");
  const stepped = steps.length === 0 ? before : withSteps(before, steps);
  const framed =
    made.length === 0 ? stepped : { ...stepped, tracks: withFrames(stepped.tracks, made) };
  return rest.reduce(
    (now, event) =>
      event.type === "kept" ? withKept(now, earlier, event.zone) : withEvent(now, event),
    framed,
  );
}

function withEvent(before: RunProgress, event: StudioEvent): RunProgress {
  switch (event.type) {
    case "loading":
      return { ...before, loading: event.bytes === event.total ? null : event };
    case "started":
      return started(before, event);
    case "paused":
      return { ...before, phase: "paused", pausedBy: event.why, remainingMs: null };
    case "resumed":
      return { ...before, phase: "running", pausedBy: null };
    case "keyframes":
      return { ...before, keyframes: { ...before.keyframes, [event.zone]: event.iterations } };
    case "warning":
      return withWarning(before, event.issue);
    case "done":
      return done(before, event);
    case "failed":
      return failed(before, event);
    default:
      return before;
  }
}

/** That the second-best backend was taken is no trouble: `chosen` says so. */
function withWarning(before: RunProgress, issue: Issue): RunProgress {
  if (issue.code === "backend.fallback") return before;
  const placed = issue.code === "engine.ended" ? placedAt(before, issue) : issue;
  return { ...before, issues: [...before.issues, placed] };
}

/** What ended the run and says of no place itself (memory that ran out, an engine that was lost) was in the step to come. */
function placedAt({ steps }: RunProgress, issue: Issue): Issue {
  const last = steps.at(-1);
  const { node, path } = issue.at;
  if (last === undefined || node !== undefined || path !== undefined) return issue;
  const at = { node: last.zone, zone: last.zone, iteration: [last.iteration + 1] };
  return { ...issue, at: { ...issue.at, ...at } };
}

const started = (before: RunProgress, { chosen, shapes }: Of<"started">): RunProgress => ({
  ...before,
  phase: nowRunning(before),
  chosen,
  shapes,
  loading: null,
});

const nowRunning = ({ phase }: RunProgress) => (phase === "starting" ? "running" : phase);

function withSteps(before: RunProgress, events: readonly Of<"step">[]): RunProgress {
  const zones = { ...before.zones };
  const steps: StepMade[] = [];
  let { elapsedMs } = before;
  for (const { zone, iteration, count, nfe, vjpCalls, ms, sigma = null } of events) {
    zones[zone] = { iteration: iteration + 1, count };
    elapsedMs += ms;
    steps.push({ zone, iteration, nfe, vjpCalls, ms: elapsedMs, sigma });
  }
  const last = events.at(-1);
  if (last === undefined) return before;
  const { nfe, vjpCalls } = last;
  const all = [...before.steps, ...steps];
  return {
    ...before,
    zones,
    steps: all,
    nfe,
    vjpCalls,
    elapsedMs,
    remainingMs: remaining(all, last),
  };
}

/** Steps of which the speed is taken. */
const recent = 20;

function remaining(
  steps: readonly StepMade[],
  { zone, iteration, count }: Of<"step">,
): number | null {
  const own = steps.filter((step) => step.zone === zone).slice(-recent - 1);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || own.length < 2) return null;
  return ((last.ms - first.ms) / (own.length - 1)) * (count - iteration - 1);
}

function withFrames(
  before: RunProgress["tracks"],
  events: readonly Of<"frame-made">[],
): RunProgress["tracks"] {
  const added = new Map<WireName, FrameTrack["frames"][number][]>();
  for (const { wire, iteration, summary } of events) {
    const frames = added.get(wire) ?? [];
    frames.push({ iteration, summary });
    added.set(wire, frames);
  }
  const tracks: Record<WireName, FrameTrack> = { ...before };
  for (const [wire, frames] of added)
    tracks[wire] = { wire, frames: [...(own(tracks, wire)?.frames ?? []), ...frames] };
  return tracks;
}

function done(
  before: RunProgress,
  { outputs, nfe, vjpCalls, timings, peakMemoryBytes }: Of<"done">,
): RunProgress {
  return {
    ...before,
    phase: "done",
    loading: null,
    pausedBy: null,
    remainingMs: null,
    outputs,
    numbers: numbersIn(outputs),
    peakMemoryBytes: peakMemoryBytes ?? null,
    nfe,
    vjpCalls,
    elapsedMs: timings.total,
  };
}

/** Numbers, and tensors of one number a sample as their mean. */
function numbersIn(outputs: Readonly<Record<string, OutputSummary>>): RunProgress["numbers"] {
  const entries = Object.entries(outputs).flatMap(([name, output]) => {
    if (output.kind === "number") return [[name, output.value] as const];
    const isOneEach = output.kind === "tensor" && output.summary.shape.length < 2;
    return isOneEach ? [[name, output.summary.mean] as const] : [];
  });
  return Object.fromEntries(entries);
}

function failed(before: RunProgress, { issues }: Of<"failed">): RunProgress {
  const isCancelled = issues.some(({ code }) => code === "run.cancelled");
  return {
    ...before,
    phase: isCancelled ? "cancelled" : "failed",
    loading: null,
    pausedBy: null,
    remainingMs: null,
    issues: isCancelled
      ? before.issues
      : [...before.issues, ...issues.map((issue) => placedAt(before, issue))],
  };
}
