import { describe, expect, test } from "vitest";
import { example, withNumber } from "../../test/studio/kit.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { nodeStateOf } from "./node-state.ts";
import { noProgress } from "./run-progress.ts";
import type { RunState } from "./run-store.ts";
import { zoneCost } from "./zone-cost.ts";

const ran = example();
const running: RunState = {
  ...noProgress,
  phase: "running",
  where: "browser",
  backend: "auto",
  places: [],
  connection: null,
  run: 1,
  ran,
  from: null,
  leads: {},
  at: null,
  atZone: null,
  stale: false,
  staleWhy: null,
  interrupted: null,
};
const inZone = "graph/reverse/body/guided";
const half = { zones: { reverse: { iteration: 5, count: 10 } } };

const statesOf = (run: RunState, document: Document, keys: readonly string[]) =>
  keys.map((key) => nodeStateOf(run, document, key));

describe(nodeStateOf.name, () => {
  test("follows the run: what waits, what runs, what is done", () => {
    const keys = ["graph/start", "graph/reverse", inZone];
    expect(statesOf({ ...running, run: null, ran: null }, ran, keys)).toEqual([null, null, null]);
    expect(statesOf(running, ran, keys)).toEqual(["queued", "queued", "queued"]);
    expect(statesOf({ ...running, ...half }, ran, keys)).toEqual(["fresh", "running", "running"]);
    expect(statesOf({ ...running, ...half, phase: "paused" }, ran, [inZone])).toEqual(["paused"]);
    expect(statesOf({ ...running, phase: "done" }, ran, keys)).toEqual(["fresh", "fresh", "fresh"]);
    expect(statesOf({ ...running, ...half, phase: "cancelled" }, ran, [inZone])).toEqual([
      "stopped",
    ]);
  });

  test("after a change, what is made from it is stale, and the rest is not", () => {
    const changed = withNumber(ran, ["inputs", "guidanceScale", "default"], 0.123);
    const stale = {
      ...running,
      phase: "done" as const,
      stale: true,
      staleWhy: { key: "run.stale.document" },
    };
    const keys = ["graph/measure", "graph/truth", inZone, "graph/reverse"];
    expect(statesOf(stale, changed, keys)).toEqual(["fresh", "fresh", "stale", "stale"]);
    const seed = { ...stale, staleWhy: { key: "run.stale.seed" } };
    expect(statesOf(seed, ran, keys)).toEqual(["stale", "stale", "stale", "stale"]);
  });

  test("what no output and no probe needs is skipped", () => {
    const graph = {
      ...ran.graph,
      idle: { type: "math/scale", v: 1, in: { x: "reverse.x" } },
    } as Document["graph"];
    const document = { ...ran, graph };
    const run = { ...running, ran: document };
    expect(nodeStateOf(run, document, "graph/idle")).toBe("skipped");
    const probed = { ...document, ui: { probes: ["idle.x"] } };
    expect(nodeStateOf({ ...run, ran: probed }, probed, "graph/idle")).toBe("queued");
  });

  test("a failure is at its node and at the zones around it", () => {
    const issue = { code: "run.not-finite", message: "", at: { node: "reverse/guided" } };
    const failed = { ...running, ...half, phase: "failed" as const, issues: [issue] };
    expect(statesOf(failed, ran, [inZone, "graph/reverse", "graph/reverse/body/denoise"])).toEqual([
      "error",
      "error",
      "stopped",
    ]);
  });

  test("a zone that was not run again is kept, with all that is in it", () => {
    const run = { ...running, phase: "done" as const, kept: ["reverse"] };
    const keys = ["graph/reverse", inZone, "graph/start"];
    expect(statesOf(run, ran, keys)).toEqual(["kept", "kept", "fresh"]);
  });

  test("of a fork, the steps before it are kept from the run that it leaves", () => {
    const from = { run: 1, zone: "reverse", iteration: 5, ended: [], from: null };
    expect(nodeStateOf({ ...running, ...half, from }, ran, inZone)).toBe("kept");
    const later = { zones: { reverse: { iteration: 6, count: 10 } } };
    expect(nodeStateOf({ ...running, ...later, from }, ran, inZone)).toBe("running");
  });
});

describe(zoneCost.name, () => {
  const step = (iteration: number, ms: number) => ({
    zone: "reverse",
    iteration,
    ms,
    nfe: 2 * (iteration + 1),
    vjpCalls: iteration + 1,
    sigma: null,
  });

  test("is of the last iterations, without the first one, in which programs are compiled", () => {
    const steps = [step(0, 500), step(1, 510), step(2, 520)];
    expect(zoneCost({ steps }, "reverse")).toEqual({ iterations: 2, ms: 10, nfe: 2, vjpCalls: 1 });
    expect(zoneCost({ steps: steps.slice(0, 1) }, "reverse")).toBeNull();
    expect(zoneCost({ steps }, "other")).toBeNull();
  });
});
