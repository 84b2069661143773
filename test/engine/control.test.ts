import { describe, expect, test } from "vitest";
import { IssueError } from "../../runtime/base/issue.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { RunEvent } from "../../runtime/execute/events.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import { countingBackend } from "./counting-backend.ts";
import { compiled, cpu, doneOf, eventsOf, issuesOf, optionsOf } from "./kit.ts";
import { noisyGraph } from "./noisy-graph.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Collects a run's events as they come; `done` resolves when it ends. */
function follow(events: AsyncGenerator<RunEvent>) {
  const seen: RunEvent[] = [];
  const done = (async () => {
    for await (const event of events) seen.push(event);
  })();
  done.catch(() => {});
  return { seen, done, steps: () => seen.filter(({ type }) => type === "step").length };
}

describe("control", () => {
  test("a paused run waits, a step is one outermost iteration, resuming ends it with the same bits", async () => {
    const graph = compiled(noisyGraph());
    const plain = doneOf(await eventsOf(graph));
    const control = createRunControl();
    control.pause();
    const watched = follow(run(graph, await optionsOf({ control })));
    await wait(60);
    expect(watched.steps()).toBe(0);
    for (const expected of [1, 2]) {
      control.step();
      while (watched.steps() < expected) await wait(5);
      await wait(30);
      expect(watched.steps()).toBe(expected);
    }
    control.resume();
    await watched.done;
    expect(doneOf(watched.seen).outputs).toEqual(plain.outputs);
  });

  test("what a host hears in a breath holds a run before its first iteration", async () => {
    const control = createRunControl();
    const abort = new AbortController();
    const breathe = () => Promise.resolve(control.pause());
    const options = await optionsOf({ control, breathe, signal: abort.signal });
    const watched = follow(run(compiled(noisyGraph()), options));
    await wait(60);
    expect(watched.steps()).toBe(0);
    abort.abort();
    expect(await issuesOf(() => watched.done)).toMatchObject([{ code: "run.cancelled" }]);
  });

  test("a run takes a breath every few milliseconds, and hears there that it is cancelled", async () => {
    const abort = new AbortController();
    const [breaths, ticks] = [{ count: 0 }, { now: 0 }];
    const breathe = () => {
      breaths.count += 1;
      if (breaths.count === 3) abort.abort();
      return Promise.resolve();
    };
    const clock = () => (ticks.now += 20);
    const options = { breathe, clock, signal: abort.signal };
    const issues = await issuesOf(async () => eventsOf(compiled(noisyGraph(1000)), options));
    expect(issues).toMatchObject([{ code: "run.cancelled" }]);
    expect(breaths.count).toBe(3);
  });

  test("a run cancelled while it is paused ends with run.cancelled", async () => {
    const control = createRunControl();
    control.pause();
    const abort = new AbortController();
    const watched = follow(
      run(compiled(noisyGraph()), await optionsOf({ control, signal: abort.signal })),
    );
    await wait(30);
    abort.abort();
    expect(await issuesOf(() => watched.done)).toMatchObject([{ code: "run.cancelled" }]);
  });

  test("a timer may cancel a running run, and every tensor is let go", async () => {
    const { backend, live } = countingBackend(await cpu());
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 40);
    const issues = await issuesOf(async () =>
      eventsOf(compiled(noisyGraph(100_000)), { backend, signal: abort.signal }),
    );
    expect(issues).toMatchObject([{ code: "run.cancelled" }]);
    expect(live()).toBe(0);
  });

  test("a signal that is aborted already runs nothing", async () => {
    const { backend, most } = countingBackend(await cpu());
    const issues = await issuesOf(async () =>
      eventsOf(compiled(noisyGraph()), { backend, signal: AbortSignal.abort() }),
    );
    expect(issues).toMatchObject([{ code: "run.cancelled" }]);
    expect(most()).toBeLessThanOrEqual(2);
  });

  test("a consumer that stops listening ends the run, and nothing is left behind", async () => {
    const counted = countingBackend(await cpu());
    let steps = 0;
    for await (const event of run(
      compiled(noisyGraph(100_000)),
      await optionsOf({ backend: counted.backend }),
    )) {
      if (event.type === "step") steps += 1;
      if (steps === 3) break;
    }
    expect(counted.live()).toBe(0);
    expect(counted.openSessions()).toBe(0);
  });

  test("probes turned on and off during a run restart nothing and change no bits", async () => {
    const graph = compiled(noisyGraph());
    const plain = doneOf(await eventsOf(graph));
    const control = createRunControl();
    control.pause();
    const watched = follow(run(graph, await optionsOf({ control })));
    const probed = () => watched.seen.filter(({ type }) => type === "probe").length;
    const stepTo = async (n: number) => {
      control.step();
      while (watched.steps() < n) await wait(2);
    };
    await stepTo(1);
    expect(probed()).toBe(0);
    control.setProbes(["first/inner/a.x", "first/a.x", "mixed.x", "start.x"]);
    await stepTo(2);
    expect(probed()).toBe(14);
    control.setProbes([]);
    await stepTo(3);
    expect(probed()).toBe(14);
    control.resume();
    await watched.done;
    expect(doneOf(watched.seen).outputs).toEqual(plain.outputs);
    expect(watched.seen.filter(({ type }) => type === "started")).toHaveLength(1);
  });

  test("taps are other step functions: turning them off again creates no session", async () => {
    const sessions = createSessionCache(await cpu());
    const graph = compiled(noisyGraph());
    await eventsOf(graph, { sessions, control: createRunControl(["first/a.x"]) });
    await eventsOf(graph, { sessions });
    const created = sessions.created();
    await eventsOf(graph, { sessions, control: createRunControl(["first/a.x"]) });
    await eventsOf(graph, { sessions });
    expect(sessions.created()).toBe(created);
    await sessions.release();
  });

  test("a probe of a wire that is no tensor is said to show nothing", async () => {
    const events = await eventsOf(compiled(noisyGraph()), {
      control: createRunControl(["first/m.x", "nowhere.x"]),
    });
    const said = events.flatMap((event) => (event.type === "warning" ? [event.issue.message] : []));
    expect(said).toEqual([
      expect.stringContaining("first/m.x"),
      expect.stringContaining("nowhere.x"),
    ]);
  });

  test("the first word tells the shapes of all tensors, those in zones too", async () => {
    const [first] = await eventsOf(compiled(noisyGraph()));
    const x = [1, 1, 2, 2];
    expect(first).toMatchObject({
      type: "started",
      shapes: { "@x": x, "start.x": x, "first.u": x, "first/inner/a.x": x },
    });
  });

  test("an error of the run is thrown after the events before it", async () => {
    const { backend, live } = countingBackend(await cpu(), (n) => {
      if (n === 9) throw new IssueError([{ code: "backend.run", message: "It broke.", at: {} }]);
    });
    const watched = follow(run(compiled(noisyGraph()), await optionsOf({ backend })));
    expect(await issuesOf(() => watched.done)).toMatchObject([{ code: "backend.run" }]);
    expect(watched.seen[0]?.type).toBe("started");
    expect(live()).toBe(0);
  });

  test("a probe that shows nothing is said; one of what a zone collects is told as that", async () => {
    const control = createRunControl(["first.s", "first/inner.w", "first/nothing.x"]);
    const events = await eventsOf(compiled(noisyGraph(3)), { control });
    const warned = events.flatMap((event) =>
      event.type === "warning" && event.issue.code === "probe.unknown" ? [event.issue] : [],
    );
    expect(warned).toMatchObject([{ message: expect.stringContaining("first/nothing.x") }]);
    const scans = events.filter((event) => event.type === "scan" && event.name === "first.s");
    expect(scans).toHaveLength(3);
  });
});
