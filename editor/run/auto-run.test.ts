import { expect, test } from "vitest";
import { createAutoRun } from "./auto-run.ts";
import { noProgress } from "./run-progress.ts";
import type { RunState } from "./run-store.ts";

/** A run store of which only the phase is real, and a clock that is set by hand. */
function setUp() {
  let state = { ...noProgress, stale: false, at: null, atZone: null } as RunState;
  let now = 0;
  let isSound = true;
  const timers: { readonly at: number; readonly work: () => void }[] = [];
  const starts: number[] = [];
  const auto = createAutoRun({
    isSound: () => isSound,
    state: () => state,
    clock: () => now,
    later: (work, ms) => timers.push({ at: now + ms, work }),
    start: () => {
      starts.push(now);
      state = { ...state, phase: "starting", stale: false };
    },
  });
  return {
    starts,
    break: (broken: boolean) => void (isSound = !broken),
    edit() {
      state = { ...state, stale: true };
      auto.changed();
    },
    /** Of a run of ten steps. */
    look(step: number | null) {
      const steps = Array.from({ length: 10 }, (_, iteration) => ({
        iteration,
        zone: "z",
        ms: 20 * iteration,
      }));
      state = { ...state, steps, at: step === null ? null : [step] } as unknown as RunState;
    },
    /** Since the run began. */
    steps(ends: readonly number[]) {
      const steps = ends.map((ms, iteration) => ({ iteration, zone: "z", ms }));
      state = { ...state, steps } as unknown as RunState;
    },
    end(elapsedMs: number) {
      state = { ...state, phase: "done", elapsedMs };
      auto.ended();
    },
    wait(ms: number) {
      now += ms;
      for (const { work } of timers.filter(({ at }) => at <= now)) work();
      timers.splice(0, timers.length, ...timers.filter(({ at }) => at > now));
    },
  };
}

test("a run that was quick runs again when something changes, one that was not waits", () => {
  const quick = setUp();
  quick.end(200);
  quick.edit();
  expect(quick.starts).toEqual([0]);
  const slow = setUp();
  slow.end(5000);
  slow.edit();
  slow.wait(10_000);
  expect(slow.starts).toEqual([]);
});

test("what loading took before the first step does not count", () => {
  const { starts, edit, end, steps } = setUp();
  steps([4000, 4100, 4200]);
  end(4300);
  edit();
  expect(starts).toEqual([0]);
});

test("who looks back at an earlier step keeps the run; at its last one, it runs again", () => {
  const { edit, end, look, starts, wait } = setUp();
  end(200);
  look(3);
  edit();
  wait(10_000);
  expect(starts).toEqual([]);
  for (const step of [9, null]) {
    look(step);
    edit();
    end(200);
    wait(1000);
  }
  expect(starts).toHaveLength(2);
});

test("while a slider is dragged each run comes to its end, and the last has the last value", () => {
  const { edit, end, wait, starts } = setUp();
  end(200);
  edit();
  for (const ms of [50, 50, 50]) {
    wait(ms);
    edit();
  }
  expect(starts).toEqual([0]);
  wait(50);
  end(200);
  wait(0);
  expect(starts).toEqual([0, 200]);
  wait(200);
  end(200);
  wait(2000);
  expect(starts).toEqual([0, 200]);
});

test("a run that takes longer than it used to is given up for what changed", () => {
  const { edit, end, wait, starts } = setUp();
  end(200);
  edit();
  edit();
  wait(2000);
  expect(starts).toEqual([0, 2000]);
});

test("a graph that cannot run is not run, until it can", () => {
  const auto = setUp();
  auto.end(300);
  auto.break(true);
  auto.edit();
  auto.wait(5000);
  expect(auto.starts).toEqual([]);
  auto.break(false);
  auto.edit();
  auto.wait(5000);
  expect(auto.starts).toHaveLength(1);
});
