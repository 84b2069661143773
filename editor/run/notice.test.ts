import { describe, expect, test } from "vitest";
import { firstState } from "./no-run.ts";
import { noticeOf } from "./notice.ts";
import type { RunState } from "./run-store.ts";

const state = (more: Partial<RunState>): RunState => ({ ...firstState, where: "server", ...more });
const issue = { code: "engine.ended", message: "The engine ended.", at: {} };
const step = { zone: "anneal", iteration: 4, nfe: 5, vjpCalls: 0, ms: 9, sigma: null };

describe(noticeOf.name, () => {
  test("is nothing while all is well, and while the server is not where runs go", () => {
    expect(noticeOf(state({ connection: null }))).toBeNull();
    expect(noticeOf(state({ connection: { is: "open" }, phase: "running" }))).toBeNull();
    expect(noticeOf(state({ connection: { is: "lost" }, where: "browser" }))).toBeNull();
    expect(noticeOf(state({ phase: "failed", issues: [{ ...issue, code: "wire" }] }))).toBeNull();
  });

  test("tells a lost connection before what happened to the run, and whether one goes on", () => {
    const lost = { connection: { is: "lost" }, issues: [issue] } as const;
    expect(noticeOf(state({ ...lost, phase: "failed" }))).toEqual({ is: "lost", isGoing: false });
    expect(noticeOf(state({ ...lost, phase: "paused" }))).toEqual({ is: "lost", isGoing: true });
  });

  test("names the step before which a run stands whose engine died, counted from one", () => {
    const dead = { phase: "paused", pausedBy: { kind: "crashed" } } as const;
    expect(noticeOf(state({ ...dead, steps: [step] }))).toEqual({ is: "crashed", step: 6 });
  });

  test("tells of a run that a reload cut off", () => {
    const interrupted = { step: 3, count: 50 };
    expect(noticeOf(state({ interrupted }))).toEqual({ is: "interrupted", ...interrupted });
  });

  test("gives the words of an engine or a server that took its run along, and of one that refuses", () => {
    expect(noticeOf(state({ phase: "failed", issues: [issue] }))).toEqual({ is: "ended", issue });
    const refused = { is: "refused", issue } as const;
    expect(noticeOf(state({ connection: refused }))).toEqual(refused);
  });
});
