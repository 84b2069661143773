import { describe, expect, test } from "vitest";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { RunEvent } from "../../runtime/execute/events.ts";
import { tapeNoise } from "../../runtime/execute/noise/tape-noise.ts";
import type { RunOptions } from "../../runtime/execute/run-options.ts";
import { run } from "../../runtime/execute/run.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { countingBackend } from "./counting-backend.ts";
import { compiled, cpu, doneOf, eventsOf, expression, optionsOf, type Sketch } from "./kit.ts";
import { noisyGraph } from "./noisy-graph.ts";

interface Slow {
  readonly backend: Backend;
  readonly live: () => number;
  readonly log: readonly ("run" | "asked" | "came")[];
}

/** A backend as on a device of its own: a number that is read comes later. */
async function slow(onRun: (n: number) => void = () => {}): Promise<Slow> {
  const log: ("run" | "asked" | "came")[] = [];
  const { backend, live } = countingBackend(await cpu(), (n) => {
    log.push("run");
    onRun(n);
  });
  const download: Backend["download"] = async (tensor) => {
    const data = await backend.download(tensor);
    if (tensor.type.shape.length > 0) return data;
    log.push("asked");
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.push("came");
    return data;
  };
  return { backend: { ...backend, download }, live, log };
}

interface Ending {
  readonly events: readonly RunEvent[];
  readonly issue: Issue | undefined;
}

async function endOf(sketch: Sketch, options: Partial<RunOptions>): Promise<Ending> {
  const events: RunEvent[] = [];
  try {
    for await (const event of run(compiled(sketch), await optionsOf(options))) events.push(event);
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return { events, issue: error.issues[0] };
  }
  return { events, issue: undefined };
}

const zone = (count: number, body: object, more: object = {}): Sketch => ({
  graph: {
    z: {
      type: "zone/repeat",
      v: 1,
      params: { count },
      states: { u: { init: "@x", next: "a.x" } },
      body,
      ...more,
    },
    after: expression("2*u", { u: "z.u" }),
  },
  outputs: { u: "z.u", after: "after.x" },
});

const stepsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "step" ? [event.iteration] : []));

/** The logarithm of a negative number at iteration 3. */
const breaking = {
  n: { type: "math/noise", v: 1, params: { stream: "n" }, in: { like: "@u" } },
  s: expression("u + 0.001*n + 1", { u: "@u", n: "n.x" }),
  a: expression("s + 0*log(k == 3 ? 0 - s : s)", { s: "s.x", k: "@k" }),
};
const tape = { n: Array.from({ length: 6 }, () => float32([1, -1, 1, -1], [1, 2, 2])) };

describe("the health number of a step", () => {
  test("is not waited for before the next step begins", async () => {
    const { backend, log } = await slow();
    const sketch = zone(4, { a: expression("u + 1", { u: "@u" }) });
    doneOf(await eventsOf(compiled(sketch), { backend }));
    const step = ["asked", "run", "came"];
    expect(log).toEqual(["run", ...step, ...step, ...step, "asked", "came", "run"]);
  });

  test("changes no event and no order of events, whenever it comes", async () => {
    const all = async (backend: Backend) => {
      const control = createRunControl(["first/inner/a.x", "second/a.x", "mixed.x"]);
      const events = await eventsOf(compiled(noisyGraph(4)), {
        backend,
        control,
        checkpointEvery: 2,
        clock: () => 0,
      });
      return events.filter(({ type }) => type !== "started");
    };
    expect(await all((await slow()).backend)).toEqual(await all(await cpu()));
  });

  test("that is bad ends the run at its step: what was computed meanwhile is not told", async () => {
    const sources = [undefined, tapeNoise(tape, null)];
    for (const noise of sources) {
      const { backend, live } = await slow();
      const sketch = zone(6, breaking, { scans: { ks: "ks.x" } });
      const body = { ...breaking, ks: expression("k", { k: "@k" }) };
      Object.assign((sketch.graph as { z: object }).z, { body });
      const { events, issue } = await endOf(sketch, {
        backend,
        control: createRunControl(["z/s.x"]),
        ...(noise === undefined ? {} : { noise }),
      });
      expect(issue).toMatchObject({
        code: "run.not-finite",
        at: { node: "z/a", port: "x", zone: "z", iteration: [3] },
      });
      expect(stepsOf(events)).toEqual([0, 1, 2]);
      const iterations = events.flatMap((event) =>
        event.type === "probe" || event.type === "scan" ? event.iteration : [],
      );
      expect(Math.max(...iterations)).toBe(3);
      expect(live()).toBe(0);
    }
  });

  test("that is bad is told rather than what comes of it in the next step", async () => {
    const counted = {
      n: { type: "math/norm", v: 1, in: { x: "@u" } },
      c: expression("round(n)", { n: "n.norm" }),
      inner: {
        type: "zone/repeat",
        v: 1,
        in: { count: "c.x" },
        states: { w: { init: "@u", next: "b.x" } },
        body: { b: expression("w", { w: "@w" }) },
      },
      a: expression("w + log(k == 2 ? 0-1 : 1)", { w: "inner.w", k: "@k" }),
    };
    const { backend } = await slow();
    const { issue } = await endOf(zone(6, counted), { backend });
    expect(issue).toMatchObject({ code: "run.not-finite", at: { node: "z/a", iteration: [2] } });
  });

  test("that is bad is told rather than a failure of the device in the next step", async () => {
    const { backend, live } = await slow((n) => {
      if (n === 5) throw new IssueError([{ code: "backend.run", message: "It broke.", at: {} }]);
    });
    const { issue } = await endOf(zone(6, breaking), { backend });
    expect(issue).toMatchObject({ code: "run.not-finite", at: { node: "z/a", iteration: [3] } });
    expect(live()).toBe(0);
  });
});

describe("a run that breaks", () => {
  test("tells where it stood before, by the names of its states, and breaks there again when it is resumed", async () => {
    const sketch = zone(6, breaking);
    const states = {
      u: { init: "@x", next: "a.x", depth: 2 },
      m: { init: "zero.x", next: "m.x" },
    };
    const body = { ...breaking, m: expression("m + k", { m: "@m", k: "@k" }) };
    const graph = sketch.graph as { z: object };
    const broken = {
      ...sketch,
      graph: { ...graph, zero: expression("0", {}), z: { ...graph.z, states, body } },
    };
    const { backend } = await slow();
    const { events, issue } = await endOf(broken, { backend, noise: tapeNoise(tape, null) });
    const last = events.at(-1);
    if (last?.type !== "checkpoint") throw new Error(`it ended with ${last?.type}`);
    const { nfe, noise, loops } = last.checkpoint;
    expect([nfe, noise]).toEqual([0, { n: 3 }]);
    expect(loops["z"]).toMatchObject({ next: 3, done: false, states: { m: [3] } });
    const [now, before] = (loops["z"]?.states["u"] ?? []) as readonly TensorData[];
    const row = (k: number) =>
      [1, 2, 3, 4].map((v, i) => v + k + (i % 2 === 0 ? 0.001 : -0.001) * k);
    row(3).forEach((v, i) => expect(now?.data[i]).toBeCloseTo(v, 5));
    row(2).forEach((v, i) => expect(before?.data[i]).toBeCloseTo(v, 5));
    const preview = events.findLast(({ type }) => type === "preview");
    expect(preview).toMatchObject({ output: "u", tensor: { data: now?.data } });
    const again = await endOf(broken, { resume: last.checkpoint, noise: tapeNoise(tape, null) });
    expect(again.issue).toEqual(issue);
    expect(stepsOf(again.events)).toEqual([]);
  });

  test("in its first step tells with what the zone began", async () => {
    const { events } = await endOf(zone(3, { a: expression("u/0", { u: "@u" }) }), {});
    const last = events.at(-1);
    if (last?.type !== "checkpoint") throw new Error(`it ended with ${last?.type}`);
    expect(last.checkpoint.loops["z"]).toMatchObject({
      next: 0,
      states: { u: [{ shape: [1, 1, 2, 2], data: Float32Array.of(1, 2, 3, 4) }] },
    });
  });
});
