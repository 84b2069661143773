import { describe, expect, test } from "vitest";
import { createRunControl } from "../../runtime/execute/control.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import {
  compiled,
  cpu,
  doneOf,
  eventsOf,
  expression,
  issuesOf,
  numbers,
  tensorFeed,
} from "./kit.ts";
import { noisyGraph } from "./noisy-graph.ts";

describe("sessions", () => {
  test("a run again, another seed, other numbers and another measurement create none", async () => {
    const sessions = createSessionCache(await cpu());
    const graph = compiled(noisyGraph());
    await eventsOf(graph, { sessions });
    const created = sessions.created();
    expect(created).toBeGreaterThan(0);
    await eventsOf(graph, { sessions, seed: 7 });
    await eventsOf(compiled(noisyGraph()), { sessions });
    await eventsOf(
      compiled({ ...noisyGraph(), feeds: { x: tensorFeed(float32([9, 9, 9, 9], [1, 1, 2, 2])) } }),
      { sessions },
    );
    expect(sessions.created()).toBe(created);
    await sessions.release();
  });

  test("another number of steps creates none, whatever the chunks of an unrolled loop", async () => {
    const sessions = createSessionCache(await cpu());
    const graph = compiled({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 2 },
          states: { u: { init: "@x", next: "s.x" } },
          body: {
            inner: {
              type: "zone/repeat",
              v: 1,
              params: { count: 3 },
              states: { w: { init: "@u", next: "a.x" } },
              body: { a: expression("w + c*k", { w: "@w", k: "@k", c: "@c" }) },
            },
            s: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "inner.w" } },
          },
        },
      },
      inputs: { x: { kind: "signal" }, c: { kind: "scalar", default: 1 } },
      outputs: { u: "outer.u" },
    });
    await eventsOf(graph, { sessions });
    const created = sessions.created();
    const results = new Set<string>();
    for (const count of [1, 7, 10, 20, 21, 33])
      for (const outer of [1, 5]) {
        const params = {
          "outer.count": outer,
          "outer/inner.count": count,
          "outer/s.factor": 0.25,
          "@c": count,
        };
        results.add(String(numbers(doneOf(await eventsOf(graph, { sessions, params })), "u")));
      }
    expect(sessions.created()).toBe(created);
    expect(results.size).toBe(12);
    await sessions.release();
  });

  test("a number that the graph does not have is refused before anything runs", async () => {
    const issues = await issuesOf(() =>
      eventsOf(compiled(noisyGraph()), { params: { "first.cuont": 3 } }),
    );
    expect(issues).toMatchObject([
      { code: "param.unknown", message: expect.stringContaining("first.cuont") },
    ]);
  });
});

describe("randomness", () => {
  test("one seed gives the same bits, another seed others", async () => {
    const graph = compiled(noisyGraph());
    const [a, b, c] = [
      await eventsOf(graph),
      await eventsOf(graph),
      await eventsOf(graph, { seed: 2 }),
    ].map(doneOf);
    expect(b?.outputs).toEqual(a?.outputs);
    expect(c?.outputs).not.toEqual(a?.outputs);
  });

  test("probes on any wire leave the final bits as they are", async () => {
    const graph = compiled(noisyGraph());
    const plain = doneOf(await eventsOf(graph));
    const wires = graph.regions.flatMap((region) => region.wires.map(({ path }) => path));
    expect(wires).toContain("first/inner/a.x");
    for (const wire of wires) {
      const events = await eventsOf(graph, { control: createRunControl([wire]) });
      expect(doneOf(events).outputs).toEqual(plain.outputs);
      const seen = events.filter((event) => event.type === "probe");
      expect(seen.length, wire).toBe(
        wire.startsWith("first/inner/") ? 6 * 13 : wire.includes("/") ? 6 : 1,
      );
    }
  });

  test("a sample gives the same alone and in a batch, whatever its place there", async () => {
    const data = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const batched = compiled({
      ...noisyGraph(3),
      batch: 3,
      feeds: { x: tensorFeed(float32(data, [3, 1, 2, 2])) },
    });
    const all = numbers(doneOf(await eventsOf(batched, { samples: [5, 9, 2] })), "u");
    for (const [row, id] of [5, 9, 2].entries()) {
      const alone = compiled({
        ...noisyGraph(3),
        feeds: { x: tensorFeed(float32(data.slice(4 * row, 4 * row + 4), [1, 1, 2, 2])) },
      });
      const one = numbers(doneOf(await eventsOf(alone, { samples: [id] })), "u");
      one.forEach((v, i) => expect(v).toBeCloseTo(all[4 * row + i] ?? Number.NaN, 4));
    }
  });

  test("sample ids that do not fit the batch are refused", async () => {
    const issues = await issuesOf(() => eventsOf(compiled(noisyGraph()), { samples: [1, 2] }));
    expect(issues).toMatchObject([{ code: "run.samples" }]);
  });
});
