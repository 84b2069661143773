import { describe, expect, test } from "vitest";
import type { UiBreakpoint } from "../document/ui.ts";
import { noProgress } from "../run/run-progress.ts";
import type { RunState, StepMade } from "../run/run-store.ts";
import { atIteration, marksOf } from "./marks.ts";
import { hasAxis, seriesOf } from "./timeline-model.ts";

const step = (iteration: number, sigma: number | null): StepMade => ({
  zone: "reverse",
  iteration,
  nfe: iteration + 1,
  vjpCalls: 0,
  ms: 10 * (iteration + 1),
  sigma,
});
const summary = { shape: [4, 2], min: 0, max: 1, mean: 0.5, std: 0.1, norm: 3, notFinite: 0 };
const track = (wire: string, shape: readonly number[], notFinite = 0) => ({
  wire,
  frames: [
    { iteration: [0], summary: { ...summary, shape: [...shape] } },
    { iteration: [1], summary: { ...summary, shape: [...shape], notFinite } },
  ],
});
const state: RunState = {
  ...noProgress,
  phase: "done",
  zones: { reverse: { iteration: 2, count: 4 } },
  steps: [step(0, 2), step(1, 1)],
  where: "browser",
  backend: "auto",
  places: [],
  connection: null,
  run: 1,
  ran: null,
  from: null,
  leads: { "=x0": "reverse/guided.x" },
  at: null,
  atZone: null,
  stale: false,
  staleWhy: null,
  interrupted: null,
};

describe(hasAxis.name, () => {
  test("has sigma where every step tells its level, and levels only fall", () => {
    expect(hasAxis("sigma", [step(0, 2), step(1, 1)])).toBe(true);
    expect(hasAxis("sigma", [step(0, 2), step(1, null)])).toBe(false);
    expect(hasAxis("sigma", [step(0, 1), step(1, 2), step(2, 0.5)])).toBe(false);
    expect(hasAxis("nfe", [step(0, null), step(1, null)])).toBe(true);
    expect(hasAxis("step", [])).toBe(false);
  });
});

describe(seriesOf.name, () => {
  test("draws the numbers of a zone; where it has none, the size of what becomes its output", () => {
    const tensors = { "reverse/guided.x": track("reverse/guided.x", [4, 2]) };
    const numbers = { "reverse/size.norm": track("reverse/size.norm", [4]) };
    const { steps } = state;
    expect(seriesOf({ ...state, tracks: { ...tensors, ...numbers } }, "reverse", steps)).toEqual([
      { wire: "reverse/size.norm", values: [0.5, 0.5] },
    ]);
    expect(seriesOf({ ...state, tracks: tensors }, "reverse", steps)).toEqual([
      { wire: "‖reverse/guided.x‖", values: [3, 3] },
    ]);
  });
});

describe(marksOf.name, () => {
  const stop = (id: string, condition: string, enabled = true): UiBreakpoint => ({
    id,
    wire: null,
    zone: "reverse",
    condition,
    enabled,
  });

  test("marks breakpoints at a step, on and off, and no others", () => {
    const marks = marksOf({ ...state, phase: "running" }, "reverse", [
      stop("a", atIteration(3)),
      stop("b", "iteration==1", false),
      stop("c", "sigma < 1"),
      { ...stop("d", atIteration(2)), zone: "other" },
    ]);
    expect(marks).toEqual([
      { kind: "breakpoint", iteration: 3, name: "reverse" },
      { kind: "breakpoint-off", iteration: 1, name: "reverse" },
    ]);
  });

  test("marks where the run left another, and where that one had left its own", () => {
    const first = { run: 1, zone: "reverse", iteration: 2, ended: [], from: null };
    const from = { ...first, run: 2, iteration: 5, from: first };
    expect(marksOf({ ...state, phase: "running", from }, "reverse", [])).toEqual([
      { kind: "forked", iteration: 5, name: "reverse" },
      { kind: "forked", iteration: 2, name: "reverse" },
    ]);
  });

  test("marks the first bad frame, the failure, an early end, and where it is held", () => {
    const tracks = { "reverse/a.x": track("reverse/a.x", [4, 2], 1) };
    expect(marksOf({ ...state, tracks }, "reverse", [])).toEqual([
      { kind: "not-finite", iteration: 1, name: "reverse/a.x" },
      { kind: "ended", iteration: 1, name: "reverse" },
    ]);
    const issue = { code: "x", message: "It broke.", at: { zone: "reverse", iteration: [2] } };
    expect(marksOf({ ...state, phase: "failed", issues: [issue] }, "reverse", [])).toEqual([
      { kind: "failed", iteration: 2, name: "It broke." },
    ]);
    const pausedBy = {
      kind: "breakpoint" as const,
      id: "b1",
      wire: "reverse/a.x",
      iteration: [1],
      values: {},
    };
    expect(marksOf({ ...state, phase: "paused", pausedBy }, "reverse", [])).toEqual([
      { kind: "held", iteration: 1, name: "reverse/a.x" },
    ]);
  });
});
