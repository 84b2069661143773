import { describe, expect, test } from "vitest";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { RunEvent } from "../../runtime/execute/events.ts";
import { run } from "../../runtime/execute/run.ts";
import { countingBackend } from "./counting-backend.ts";
import { compiled, cpu, expression, optionsOf, type Sketch } from "./kit.ts";

/** The events of a run that must fail, and what it fails with. */
async function failing(sketch: Sketch): Promise<{
  readonly events: readonly RunEvent[];
  readonly issue: Issue | undefined;
  readonly live: number;
}> {
  const events: RunEvent[] = [];
  const { backend, live } = countingBackend(await cpu());
  try {
    for await (const event of run(compiled(sketch), await optionsOf({ backend })))
      events.push(event);
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return { events, issue: error.issues[0], live: live() };
  }
  throw new Error("the run did not fail");
}

const lastPreview = (events: readonly RunEvent[]) => {
  const found = events.findLast((event) => event.type === "preview");
  return found?.type === "preview" ? Array.from(found.tensor.data as Float32Array) : null;
};

const nested = (body: object, scan: object = {}): Sketch => ({
  graph: {
    outer: {
      type: "zone/repeat",
      v: 1,
      params: { count: 5 },
      states: { u: { init: "@x", next: "after.x" } },
      body: {
        inner: {
          type: "zone/repeat",
          v: 1,
          params: { count: 12 },
          states: { w: { init: "@u", next: "bad.x" } },
          body,
          ...scan,
        },
        after: expression("w + 0", { w: "inner.w" }),
      },
    },
  },
  outputs: { u: "outer.u" },
});

describe("values that become infinite or not a number", () => {
  test("in a nested zone name the node, and the iteration of both zones", async () => {
    // At the outer iteration 2, inner iteration 3 the logarithm is of −1.
    const body = {
      safe: expression("w + 0.001", { w: "@w" }),
      bad: expression("x + 0 * log(o == 2 && k == 3 ? -1 : 1) + 0*l", {
        x: "safe.x",
        o: "@outer.k",
        k: "@k",
        l: "log.x",
      }),
      log: expression("log(x * (o == 2 ? (k == 3 ? 0-1 : 1) : 1))", {
        x: "@w",
        o: "@outer.k",
        k: "@k",
      }),
    };
    const { events, issue, live } = await failing(nested(body));
    expect(issue).toMatchObject({
      code: "run.not-finite",
      at: { node: "outer/inner/log", port: "x", zone: "outer", iteration: [2, 3] },
    });
    expect(events.filter(({ type }) => type === "step")).toHaveLength(2);
    const kept = lastPreview(events);
    [1, 2, 3, 4].forEach((v, i) => expect(kept?.[i]).toBeCloseTo(v + 24 * 0.001, 4));
    expect(live).toBe(0);
  });

  test("in the outer body name that node", async () => {
    const { issue, events } = await failing({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 9 },
          states: { u: { init: "@x", next: "scaled.x" } },
          body: {
            ok: expression("u * 1", { u: "@u" }),
            overflow: expression("u / (k == 4 ? 0 : 1)", { u: "ok.x", k: "@k" }),
            scaled: expression("u * 1", { u: "overflow.x" }),
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    expect(issue).toMatchObject({
      code: "run.not-finite",
      at: { node: "outer/overflow", iteration: [4] },
    });
    expect(lastPreview(events)).toEqual([1, 2, 3, 4]);
  });

  test("scans of an inner zone are not sent twice by the replay", async () => {
    const body = {
      bad: expression("w / (o == 1 && k == 11 ? 0 : 1)", { w: "@w", o: "@outer.k", k: "@k" }),
    };
    const { events, issue } = await failing(nested(body, { scans: { s: "bad.x" } }));
    expect(issue).toMatchObject({ at: { node: "outer/inner/bad", iteration: [1, 11] } });
    expect(events.filter(({ type }) => type === "scan")).toHaveLength(24);
  });

  test("a zone whose name begins like another's is not taken for it", async () => {
    const { issue } = await failing({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 2 },
          states: { u: { init: "@x", next: "in2.x" }, v: { init: "@x", next: "in.w" } },
          body: {
            in: {
              type: "zone/repeat",
              v: 1,
              params: { count: 2 },
              states: { w: { init: "in2.x", next: "a.x" } },
              body: { a: expression("w + 1", { w: "@w" }) },
            },
            in2: expression("u / 0", { u: "@u" }),
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    expect(issue).toMatchObject({ at: { node: "outer/in2" } });
  });

  test("a dead node, or a dead zone, is not looked at", async () => {
    const { issue, live } = await failing({
      graph: {
        unread: expression("x / 0", { x: "@x" }),
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 5 },
          states: { u: { init: "@x", next: "bad.x" } },
          body: {
            dead: expression("u / 0 + y", { u: "@u", y: "unread.x" }),
            lost: {
              type: "zone/repeat",
              v: 1,
              params: { count: 2 },
              states: { w: { init: "@u", next: "a.x" } },
              body: { a: expression("w / 0 + y", { w: "@w", y: "unread.x" }) },
            },
            bad: expression("u / (k == 3 ? 0 : 1)", { u: "@u", k: "@k" }),
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    expect(issue).toMatchObject({ at: { node: "outer/bad", iteration: [3] } });
    expect(live).toBe(0);
  });

  /** Zones of every kind inside one another; @k counts the innermost. */
  const deep = (bad: string): Sketch => ({
    graph: {
      outer: {
        type: "zone/repeat",
        v: 1,
        params: { count: 4 },
        states: { u: { init: "@x", next: "choose.x" } },
        body: {
          list: {
            type: "zone/repeat",
            v: 1,
            params: { count: 3 },
            scans: { v: "v.x" },
            body: { v: expression("k + 1", { k: "@k" }) },
          },
          odd: expression("k == 1 || k == 3", { k: "@k" }),
          choose: {
            type: "zone/if",
            v: 1,
            in: { condition: "odd.x" },
            then: {
              body: {
                each: {
                  type: "zone/for-each",
                  v: 1,
                  each: { v: "list.v" },
                  states: { w: { init: "@u", next: "loop.w" } },
                  body: {
                    go: expression("1", {}),
                    loop: {
                      type: "zone/while",
                      v: 1,
                      params: { max: 4 },
                      while: "@go",
                      states: {
                        w: { init: "@w", next: "bad.x" },
                        go: { init: "go.x", next: "more.x" },
                      },
                      body: {
                        more: expression("k < 2", { k: "@k" }),
                        fine: expression("w + v/1000", { w: "@w", v: "@v" }),
                        bad: expression(bad, { w: "fine.x", v: "@v", k: "@k", o: "@outer.k" }),
                      },
                    },
                  },
                },
              },
              outputs: { x: "each.w" },
            },
            else: { body: { same: expression("u", { u: "@u" }) }, outputs: { x: "same.x" } },
          },
        },
      },
    },
    outputs: { u: "outer.u" },
  });

  test("in a while zone in a for-each zone in a branch name every iteration around", async () => {
    const { issue } = await failing(deep("w / (o == 3 && v == 2 && k == 1 ? 0 : 1)"));
    expect(issue).toMatchObject({
      at: { node: "outer/choose/then/each/loop/bad", port: "x", iteration: [3, 1, 1] },
      message: "The values became infinite or not a number in step 4 of outer, inner steps 2, 2.",
    });
  });

  test("in a zone that is written out for a gradient name its iteration", async () => {
    const { issue } = await failing({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 4 },
          states: { u: { init: "@x", next: "g.gradient" } },
          body: {
            inner: {
              type: "zone/repeat",
              v: 1,
              params: { count: 3 },
              states: { w: { init: "@u", next: "b.x" } },
              body: {
                a: expression("2*w", { w: "@w" }),
                b: expression("a / (o == 2 && k == 1 ? 0 : 1)", {
                  a: "a.x",
                  o: "@outer.k",
                  k: "@k",
                }),
              },
            },
            sq: expression("w^2 / 128", { w: "inner.w" }),
            n: { type: "math/norm", v: 1, in: { x: "sq.x" } },
            g: { type: "gradient/of", v: 1, in: { of: "n.norm", wrt: "@u" } },
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    expect(issue).toMatchObject({ at: { node: "outer/inner/b", port: "x", iteration: [2, 1] } });
  });

  test("that a zone was given name the wire that they come from", async () => {
    const around = (init: string, add: string): Sketch => ({
      graph: {
        start: expression("x / 0", { x: "@x" }),
        fine: expression("x + 1", { x: "@x" }),
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init, next: "b.x" } },
          body: {
            a: expression("2*u", { u: "@u" }),
            b: expression("a + c", { a: "a.x", c: add }),
          },
        },
      },
      outputs: { u: "z.u" },
    });
    for (const sketch of [around("start.x", "fine.x"), around("fine.x", "start.x")]) {
      const { issue } = await failing(sketch);
      expect(issue).toMatchObject({
        at: { node: "start", port: "x", zone: "z", iteration: [0] },
        message: "The zone z was given values that are infinite or not a number.",
      });
    }
  });
});
