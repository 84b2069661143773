import { describe, expect, test } from "vitest";
import type { Checkpoint, RunEvent } from "../../runtime/execute/events.ts";
import type { NoiseSource } from "../../runtime/execute/noise/noise-source.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { tapeNoise, type Tape } from "../../runtime/execute/noise/tape-noise.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { RunOptions } from "../../runtime/execute/run-options.ts";
import { run } from "../../runtime/execute/run.ts";
import { checkpointMessage } from "../../runtime/protocol/checkpoints.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import {
  compiled,
  doneOf,
  eventsOf,
  expression,
  issuesOf,
  numbers,
  optionsOf,
  type Sketch,
} from "./kit.ts";
import { noisyGraph } from "./noisy-graph.ts";

const checkpointsOf = (events: readonly RunEvent[]): readonly Checkpoint[] =>
  events.flatMap((event) =>
    event.type === "checkpoint" ? [structuredClone(event.checkpoint)] : [],
  );

/** A tape of exactly what `noisyGraph(steps)` draws. */
function tapeFor(steps: number): Tape {
  const row = (v: number) => float32([v, -v, v / 2, 1], [1, 2, 2]);
  const rows = (n: number) => Array.from({ length: n }, (_, i) => row(Math.sin(i + n)));
  return { root: rows(1), between: rows(1), shared: rows(steps * 14), second: rows(steps) };
}

const sources: readonly (readonly [string, () => NoiseSource])[] = [
  ["seeded noise", () => philoxNoise(1)],
  ["a noise tape", () => tapeNoise(tapeFor(5), null)],
];

describe("checkpoints", () => {
  for (const [what, noise] of sources)
    test(`a run resumed from any checkpoint ends with the same bits and counts, with ${what}`, async () => {
      const graph = compiled(noisyGraph(5));
      const whole = await eventsOf(graph, { noise: noise(), checkpointEvery: 2 });
      const saved = checkpointsOf(whole);
      expect(saved).toHaveLength(4);
      for (const checkpoint of saved) {
        expect(checkpointMessage.parse(checkpoint)).toEqual(checkpoint);
        const resumed = await eventsOf(compiled(noisyGraph(5)), {
          noise: noise(),
          resume: checkpoint,
          checkpointEvery: 2,
        });
        expect(doneOf(resumed).outputs).toEqual(doneOf(whole).outputs);
        const again = checkpointsOf(resumed);
        expect(again).toEqual(saved.slice(saved.length - again.length));
      }
    });

  test("a step replayed from one with probes on all wires shows what the run itself had there", async () => {
    const graph = compiled(noisyGraph(5));
    const wires = graph.regions
      .flatMap((region) => region.wires.map(({ path }) => path))
      .filter((path) => path.startsWith("first/"));
    const probes = (events: readonly RunEvent[]) =>
      events.flatMap((event) =>
        event.type === "probe" && event.iteration[0] === 3 ? [event] : [],
      );
    const whole = await eventsOf(graph, { control: createRunControl(wires) });
    const saved = checkpointsOf(await eventsOf(graph, { checkpointEvery: 3 }))[0];
    if (saved === undefined) throw new Error("no checkpoint");
    const control = createRunControl(wires);
    control.step();
    const replayed: RunEvent[] = [];
    for await (const event of run(graph, await optionsOf({ control, resume: saved }))) {
      replayed.push(event);
      if (event.type === "step") break;
    }
    expect(probes(replayed)).toHaveLength(13 * 2 + 3);
    expect(probes(replayed)).toEqual(probes(whole));
  });

  test("one made after a stop rail has ended the loop runs it no further", async () => {
    const graph = compiled({
      graph: {
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 9 },
          stop: "s.x",
          states: { u: { init: "@x", next: "a.x" } },
          body: { a: expression("u + 1", { u: "@u" }), s: expression("k == 3", { k: "@k" }) },
        },
      },
      outputs: { u: "z.u" },
    });
    const whole = await eventsOf(graph, { checkpointEvery: 4 });
    const [saved] = checkpointsOf(whole);
    expect(
      numbers(doneOf(await eventsOf(graph, saved === undefined ? {} : { resume: saved })), "u"),
    ).toEqual([5, 6, 7, 8]);
  });

  test("one of other numbers or other samples is refused", async () => {
    const graph = compiled(noisyGraph(5));
    const [saved] = checkpointsOf(await eventsOf(graph, { checkpointEvery: 2 }));
    if (saved === undefined) throw new Error("no checkpoint");
    const refusal = (more: Partial<RunOptions>) =>
      issuesOf(() => eventsOf(compiled(noisyGraph(5)), { resume: saved, ...more }));
    expect(await refusal({ params: { "first.count": 6 } })).toMatchObject([
      { code: "checkpoint.mismatch", message: expect.stringContaining("first.count was 5, now 6") },
    ]);
    expect(await refusal({ samples: [3] })).toMatchObject([{ code: "checkpoint.mismatch" }]);
  });

  test("one of another graph, or of another seed, is refused", async () => {
    const [saved] = checkpointsOf(await eventsOf(compiled(noisyGraph(5)), { checkpointEvery: 2 }));
    if (saved === undefined) throw new Error("no checkpoint");
    const other: Sketch = {
      graph: {
        first: {
          type: "zone/repeat",
          v: 1,
          params: { count: 9 },
          states: { u: { init: "@x", next: "a.x" } },
          body: { a: expression("u + 1", { u: "@u" }) },
        },
      },
      outputs: { u: "first.u" },
    };
    expect(await issuesOf(() => eventsOf(compiled(other), { resume: saved }))).toMatchObject([
      { code: "checkpoint.mismatch", at: { node: "first" } },
    ]);
    expect(
      await issuesOf(() => eventsOf(compiled(noisyGraph(5)), { resume: saved, seed: 2 })),
    ).toMatchObject([{ code: "checkpoint.seed" }]);
  });
});

describe("a noise tape", () => {
  test("that runs out names the stream and the iteration", async () => {
    const tape = { ...tapeFor(5), second: [float32([1, 2, 3, 4], [1, 2, 2])] };
    const issues = await issuesOf(() =>
      eventsOf(compiled(noisyGraph(5)), { noise: tapeNoise(tape, null) }),
    );
    expect(issues).toMatchObject([
      { code: "tape.exhausted", at: { path: ["second"], iteration: [1] } },
    ]);
  });

  test("with rows left over fails the run", async () => {
    const issues = await issuesOf(() =>
      eventsOf(compiled(noisyGraph(4)), { noise: tapeNoise(tapeFor(5), null) }),
    );
    expect(issues.map(({ code }) => code)).toEqual(["tape.left-over", "tape.left-over"]);
  });
});
