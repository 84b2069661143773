import { describe, expect, test } from "vitest";
import { withKept } from "./kept-progress.ts";
import { noProgress } from "./run-progress.ts";
import type { RunProgress } from "./run-store.ts";

const step = (zone: string, iteration: number) => ({
  zone,
  iteration,
  nfe: 1,
  vjpCalls: 0,
  ms: 1,
  sigma: null,
});
const track = (wire: string) => ({ wire, frames: [] });
const warning = (node: string) => ({ code: "zone.limit", message: node, at: { node } });
const earlier: RunProgress = {
  ...noProgress,
  zones: { first: { iteration: 2, count: 2 }, second: { iteration: 1, count: 1 } },
  keyframes: { first: [1], second: [] },
  steps: [step("first", 0), step("first", 1), step("second", 0)],
  tracks: {
    "first/a.x": track("first/a.x"),
    "first.s": track("first.s"),
    "second/b.x": track("second/b.x"),
  },
  issues: [warning("first/inner"), warning("second"), warning("firstly")],
};

describe(withKept.name, () => {
  test("takes of the run before what was told of the zone, and nothing else", () => {
    const now = withKept({ ...noProgress, phase: "running" }, earlier, "first");
    expect(now).toMatchObject({
      phase: "running",
      kept: ["first"],
      issues: [warning("first/inner")],
    });
    expect(Object.keys(now.zones)).toEqual(["first"]);
    expect(now.keyframes).toEqual({ first: [1] });
    expect(Object.keys(now.tracks)).toEqual(["first/a.x", "first.s"]);
    expect(now.steps).toEqual(earlier.steps.slice(0, 2));
  });

  test("puts the steps of zones that are kept before those that were made", () => {
    const made = { ...noProgress, steps: [step("third", 0)] };
    const now = withKept(withKept(made, earlier, "second"), earlier, "first");
    expect(now.steps.map(({ zone }) => zone)).toEqual(["first", "first", "second", "third"]);
  });
});
