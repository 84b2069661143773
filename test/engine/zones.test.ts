import { describe, expect, test } from "vitest";
import { createRunControl } from "../../runtime/execute/control.ts";
import { run } from "../../runtime/execute/run.ts";
import {
  compiled,
  doneOf,
  eventsOf,
  expression,
  issuesOf,
  numbers,
  optionsOf,
  runSketch,
} from "./kit.ts";

const list = (name: string, values: string) => ({ [name]: values });
const body = (text: string, wires: Record<string, string>) => ({ a: expression(text, wires) });

describe("zones", () => {
  test("a state of depth 3 gives its two earlier values", async () => {
    const done = await runSketch({
      graph: {
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 5 },
          states: { u: { init: "@x", next: "a.x", depth: 3 } },
          body: body("u + 2*b + 3*c + k", { u: "@u", b: "@u.1", c: "@u.2", k: "@k" }),
        },
      },
      outputs: { u: "z.u" },
    });
    const expected = [1, 2, 3, 4].map((x) => {
      let [u, b, c] = [x, x, x];
      for (let k = 0; k < 5; k += 1) [u, b, c] = [u + 2 * b + 3 * c + k, u, b];
      return u;
    });
    expect(numbers(done, "u")).toEqual(expected);
  });

  test("an inner body reads the history of an outer zone's state by its name", async () => {
    const done = await runSketch({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init: "@x", next: "inner.w", depth: 2 } },
          body: {
            inner: {
              type: "zone/repeat",
              v: 1,
              params: { count: 2 },
              states: { w: { init: "@u", next: "a.x" } },
              body: body("w + old + k", { w: "@w", old: "@outer.u.1", k: "@outer.k" }),
            },
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    const expected = [1, 2, 3, 4].map((x) => {
      let [u, old] = [x, x];
      for (let k = 0; k < 3; k += 1) [u, old] = [u + 2 * old + 2 * k, u];
      return u;
    });
    expect(numbers(done, "u")).toEqual(expected);
  });

  test("zero iterations give the inits, of tensors and of host numbers", async () => {
    const done = await runSketch({
      graph: {
        n: expression("3", {}),
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 0 },
          states: { u: { init: "@x", next: "a.x" }, n: { init: "n.x", next: "b.x" } },
          scans: { s: "b.x" },
          body: { ...body("u + 1", { u: "@u" }), b: expression("n + 1", { n: "@n" }) },
        },
      },
      outputs: { u: "z.u", n: "z.n", s: "z.s" },
    });
    expect(numbers(done, "u")).toEqual([1, 2, 3, 4]);
    expect(done.outputs["n"]).toBe(3);
    expect(done.outputs["s"]).toEqual([]);
  });

  test("a while zone whose condition is on the device reads it before each iteration", async () => {
    const sketch = {
      graph: {
        z: {
          type: "zone/while",
          v: 1,
          params: { max: 50 },
          while: "c.x",
          states: { u: { init: "@x", next: "half.x" } },
          body: {
            n: { type: "math/norm", v: 1, in: { x: "@u" } },
            c: expression("n > 1", { n: "n.norm" }),
            half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@u" } },
          },
        },
      },
      outputs: { u: "z.u" },
    };
    const events = await eventsOf(compiled(sketch));
    // ‖(1,2,3,4)‖ = 5.48: halved three times it is 0.68.
    expect(numbers(doneOf(events), "u")).toEqual([1, 2, 3, 4].map((v) => v / 8));
    expect(events.filter(({ type }) => type === "step")).toHaveLength(3);
  });

  test("a while zone may carry a device scalar as its condition, and may run no iteration", async () => {
    const graph = (limit: number) => ({
      n0: { type: "math/norm", v: 1, in: { x: "@x" } },
      z: {
        type: "zone/while",
        v: 1,
        params: { max: 9 },
        while: "c.x",
        states: { u: { init: "@x", next: "half.x" }, n: { init: "n0.norm", next: "n.norm" } },
        body: {
          c: expression("n > limit", { n: "@n", limit: "limit.x" }),
          half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@u" } },
          n: { type: "math/norm", v: 1, in: { x: "half.x" } },
        },
      },
      limit: expression(String(limit), {}),
    });
    const outputs = { u: "z.u" };
    expect(numbers(await runSketch({ graph: graph(2), outputs }), "u")).toEqual(
      [1, 2, 3, 4].map((v) => v / 4),
    );
    expect(numbers(await runSketch({ graph: graph(20), outputs }), "u")).toEqual([1, 2, 3, 4]);
  });

  test("a stop rail ends the loop after the iteration in which it is not 0, on the host and on the device", async () => {
    const zone = (stop: object) => ({
      z: {
        type: "zone/repeat",
        v: 1,
        params: { count: 20 },
        stop: "s.x",
        states: { u: { init: "@x", next: "a.x" } },
        body: { ...body("u + 1", { u: "@u" }), ...stop },
      },
    });
    const outputs = { u: "z.u" };
    const host = { s: expression("k == 2", { k: "@k" }) };
    const device = {
      n: { type: "math/norm", v: 1, in: { x: "a.x" } },
      s: expression("n > 10", { n: "n.norm" }),
    };
    expect(numbers(await runSketch({ graph: zone(host), outputs }), "u")).toEqual([4, 5, 6, 7]);
    // ‖(1,2,3,4) + k‖ > 10 first at k = 3.
    expect(numbers(await runSketch({ graph: zone(device), outputs }), "u")).toEqual([4, 5, 6, 7]);
  });

  test("scans collect host numbers and tensors in order", async () => {
    const done = await runSketch({
      graph: {
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init: "@x", next: "a.x" } },
          scans: { k2: "sq.x", us: "a.x" },
          body: { ...body("u + 1", { u: "@u" }), sq: expression("k^2", { k: "@k" }) },
        },
      },
      outputs: { k2: "z.k2", us: "z.us" },
    });
    expect(done.outputs["k2"]).toEqual([0, 1, 4]);
    const us = done.outputs["us"] as readonly { data: Float32Array }[];
    expect(us.map(({ data }) => data[0])).toEqual([2, 3, 4]);
  });

  test("a list scanned in one zone is the each list of the next, also in an enclosing body", async () => {
    const done = await runSketch({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init: "@x", next: "use.w" } },
          body: {
            make: {
              type: "zone/repeat",
              v: 1,
              params: { count: 4 },
              scans: { values: "v.x" },
              body: { v: expression("10*o + k", { o: "@outer.k", k: "@k" }) },
            },
            use: {
              type: "zone/for-each",
              v: 1,
              each: list("value", "make.values"),
              states: { w: { init: "@u", next: "a.x" } },
              body: body("w + v", { w: "@w", v: "@value" }),
            },
          },
        },
      },
      outputs: { u: "outer.u" },
    });
    const sum = [0, 1, 2].reduce((s, o) => s + 4 * 10 * o + 6, 0);
    expect(numbers(done, "u")).toEqual([1, 2, 3, 4].map((v) => v + sum));
  });

  test("each lists of different lengths are refused at the zone", async () => {
    const make = (count: number) => ({
      type: "zone/repeat",
      v: 1,
      params: { count },
      scans: { values: "v.x" },
      body: { v: expression("k", { k: "@k" }) },
    });
    const issues = await issuesOf(() =>
      runSketch({
        graph: {
          a: make(2),
          b: make(3),
          z: {
            type: "zone/for-each",
            v: 1,
            each: { p: "a.values", q: "b.values" },
            states: { u: { init: "@x", next: "s.x" } },
            body: { s: expression("u + p + q", { u: "@u", p: "@p", q: "@q" }) },
          },
        },
        outputs: { u: "z.u" },
      }),
    );
    expect(issues).toMatchObject([
      {
        code: "zone.lengths",
        at: { node: "z" },
        message: expect.stringContaining("p has 2, q has 3"),
      },
    ]);
  });

  test("a number on the host that goes on as one computed on the device is read back each iteration", async () => {
    const done = await runSketch({
      graph: {
        big: expression("1000", {}),
        z: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init: "@x", next: "h.x" }, n: { init: "big.x", next: "n.norm" } },
          body: {
            h: { type: "math/scale", v: 1, params: { factor: 2 }, in: { x: "@u" } },
            n: { type: "math/norm", v: 1, in: { x: "h.x" } },
          },
        },
      },
      outputs: { n: "z.n" },
    });
    expect(numbers(done, "n")[0]).toBeCloseTo(8 * Math.sqrt(30), 3);
  });

  test("a state that changes its kind is refused", async () => {
    const issues = await issuesOf(() =>
      compiled({
        graph: {
          s: { type: "schedule/poly", v: 1, params: { steps: 3 } },
          z: {
            type: "zone/repeat",
            v: 1,
            params: { count: 3 },
            states: { l: { init: "s.schedule.first", next: "n.x" } },
            body: { n: expression("k", { k: "@k" }) },
          },
        },
        outputs: { l: "z.l" },
      }),
    );
    expect(issues).toMatchObject([{ code: "zone.state", at: { node: "z", port: "l" } }]);
  });

  test("a loop in a branch of the graph itself is watched as an outermost one", async () => {
    const events = await eventsOf(
      compiled({
        graph: {
          c: expression("1", {}),
          choose: {
            type: "zone/if",
            v: 1,
            in: { condition: "c.x" },
            then: {
              body: {
                z: {
                  type: "zone/repeat",
                  v: 1,
                  params: { count: 4 },
                  states: { u: { init: "@x", next: "a.x" } },
                  body: body("u + k", { u: "@u", k: "@k" }),
                },
              },
              outputs: { x: "z.u" },
            },
            else: { body: { b: expression("x", { x: "@x" }) }, outputs: { x: "b.x" } },
          },
        },
        outputs: { u: "choose.x" },
      }),
    );
    expect(numbers(doneOf(events), "u")).toEqual([7, 8, 9, 10]);
    expect(events.filter(({ type }) => type === "step")).toHaveLength(4);
  });

  test("states that swap, stay, or take an outer wire are the same unrolled and step by step", async () => {
    const sketch = {
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 2 },
          states: { o: { init: "@x", next: "sum.x" } },
          body: {
            two: { type: "math/scale", v: 1, params: { factor: 2 }, in: { x: "@o" } },
            inner: {
              type: "zone/repeat",
              v: 1,
              params: { count: 23 },
              states: {
                a: { init: "@o", next: "@b" },
                b: { init: "two.x", next: "up.x" },
                c: { init: "two.x", next: "@c" },
                d: { init: "@o", next: "@o" },
                e: { init: "@o", next: "up.x" },
              },
              body: { up: expression("a + 1", { a: "@a" }) },
            },
            sum: expression("a + 10*b + 100*c + 1000*d + f", {
              a: "inner.a",
              b: "inner.b",
              c: "inner.c",
              d: "inner.d",
              f: "inner.e",
            }),
          },
        },
      },
      outputs: { o: "outer.o" },
    };
    const expected = [1, 2, 3, 4].map((x) => {
      let o = x;
      for (let j = 0; j < 2; j += 1) {
        let [a, b, e] = [o, 2 * o, o];
        for (let k = 0; k < 23; k += 1) [a, b, e] = [b, a + 1, a + 1];
        o = a + 10 * b + 200 * o + 1000 * o + e;
      }
      return o;
    });
    expect(numbers(await runSketch(sketch), "o")).toEqual(expected);
    expect(
      numbers(await runSketch(sketch, { control: createRunControl(["outer/inner/up.x"]) }), "o"),
    ).toEqual(expected);
  });

  test("a while zone inside another zone counts anew each time, with its condition on the device", async () => {
    const done = await runSketch({
      graph: {
        outer: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { u: { init: "@x", next: "w.v" }, m: { init: "none.x", next: "m.x" } },
          body: {
            big: expression("u * 8", { u: "@u" }),
            w: {
              type: "zone/while",
              v: 1,
              params: { max: 50 },
              while: "c.x",
              states: { v: { init: "big.x", next: "h.x" } },
              scans: { ks: "one.x" },
              body: {
                n: { type: "math/norm", v: 1, in: { x: "@v" } },
                c: expression("n > 3", { n: "n.norm" }),
                h: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@v" } },
                one: expression("1", {}),
              },
            },
            m: expression("m + c", { m: "@m", c: "w.ks.length" }),
          },
        },
        none: expression("0", {}),
      },
      outputs: { u: "outer.u", m: "outer.m" },
    });
    // ‖x‖ = 5.48; eight times that is halved four times to 2.74; from there three halvings each.
    expect(numbers(done, "u")).toEqual([1, 2, 3, 4].map((v) => v / 2));
    expect(done.outputs["m"]).toBe(4 + 3 + 3);
  });

  test("a zone over a list or from a state that was not given is left out, and so is what reads it", () => {
    const zone = (init: string) => ({
      type: "zone/for-each",
      v: 1,
      each: { v: "@l" },
      states: { u: { init, next: "a.x" } },
      body: body("u + v", { u: "@u", v: "@v" }),
    });
    const missing = { kind: "list", optional: true };
    const graph = compiled({
      graph: { z: zone("@x"), after: expression("2*u", { u: "z.u" }) },
      outputs: { u: "z.u", after: "after.x", x: "@x" },
      inputs: { x: { kind: "signal" }, l: missing },
    });
    expect(graph.leftOut.map(({ name }) => name)).toEqual(["u", "after"]);
    expect(graph.outputs.map(({ name }) => name)).toEqual(["x"]);
  });

  test("a count that is no number is refused where the loop is", async () => {
    const graph = {
      n: expression("0/0", {}),
      z: {
        type: "zone/repeat",
        v: 1,
        in: { count: "n.x" },
        states: { u: { init: "@x", next: "a.x" } },
        body: body("u + 1", { u: "@u" }),
      },
    };
    const issues = await issuesOf(() => runSketch({ graph, outputs: { u: "z.u" } }));
    expect(issues).toMatchObject([{ code: "zone.count", at: { node: "z" } }]);
  });

  /** A zone inside a zone of three iterations; the block's number is both its length and in a formula. */
  const blocks = {
    inner: {
      inputs: { steps: { kind: "scalar", default: 4 }, x: { kind: "signal" } },
      graph: {
        half: expression("steps / 2", { steps: "@steps" }),
        z: {
          type: "zone/repeat",
          v: 1,
          in: { count: "half.x" },
          states: { u: { init: "@x", next: "a.x" } },
          body: body("u + n", { u: "@u", n: "@steps" }),
        },
      },
      outputs: { x: "z.u" },
    },
  };
  const outer = (more: object = {}) => ({
    graph: {
      outer: {
        type: "zone/repeat",
        v: 1,
        params: { count: 3 },
        states: { u: { init: "@x", next: "i.x" } },
        body: { i: { type: "block", use: "inner", in: { x: "@u" }, ...more } },
      },
    },
    outputs: { u: "outer.u" },
    blocks,
  });

  test("a count with a fraction is refused before anything has run, with the number that it comes of", async () => {
    const graph = compiled(outer({ params: { steps: 6 } }));
    const events: unknown[] = [];
    const issues = await issuesOf(async () => {
      for await (const event of run(graph, await optionsOf({ params: { "outer/i.steps": 5 } })))
        events.push(event);
    });
    expect(issues).toMatchObject([
      {
        code: "zone.count",
        at: { node: "outer/i/z" },
        message: expect.stringContaining("2.5"),
        fix: "It comes of outer/i.steps (5).",
      },
    ]);
    expect(events).toEqual([]);
    expect(numbers(doneOf(await eventsOf(graph)), "u")).toEqual([1, 2, 3, 4].map((v) => v + 54));
  });

  test("a count that differs from a whole number by rounding only is that number", async () => {
    // 0.1 · 3 · 10 is 3.0000000000000004.
    const done = await runSketch({
      graph: {
        n: expression("r * 3 * 10", { r: "r.x" }),
        r: expression("0.1", {}),
        z: {
          type: "zone/repeat",
          v: 1,
          in: { count: "n.x" },
          states: { u: { init: "@x", next: "a.x" } },
          body: body("u + 1", { u: "@u" }),
        },
      },
      outputs: { u: "z.u" },
    });
    expect(numbers(done, "u")).toEqual([4, 5, 6, 7]);
  });

  test("the length of a zone that is not entered is no one's affair", async () => {
    const done = await runSketch(
      { ...outer({ params: { steps: 5 } }) },
      { params: { "outer.count": 0 } },
    );
    expect(numbers(done, "u")).toEqual([1, 2, 3, 4]);
  });

  /** Halves until the norm is at most `limit`; √30 / 2^k. */
  const halving = (limit: number, max: number) => ({
    type: "zone/while",
    v: 1,
    params: { max },
    while: "c.x",
    states: { w: { init: "@x", next: "half.x" } },
    body: {
      n: { type: "math/norm", v: 1, in: { x: "@w" } },
      c: expression(`n > ${limit}`, { n: "n.norm" }),
      half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@w" } },
    },
  });
  const warningsOf = (events: Awaited<ReturnType<typeof eventsOf>>) =>
    events.flatMap((event) => (event.type === "warning" ? [event.issue] : []));

  test("a while zone whose condition never ends it stops at its limit, and says so once", async () => {
    const endless = await eventsOf(
      compiled({ graph: { z: halving(0, 7) }, outputs: { w: "z.w" } }),
    );
    expect(numbers(doneOf(endless), "w")).toEqual([1, 2, 3, 4].map((v) => v / 2 ** 7));
    const limit = { code: "zone.limit", message: expect.stringContaining("limit of 7") };
    expect(warningsOf(endless)).toMatchObject([{ ...limit, at: { node: "z", port: "max" } }]);
    const nested = await eventsOf(
      compiled({
        graph: {
          o: {
            type: "zone/repeat",
            v: 1,
            params: { count: 3 },
            states: { u: { init: "@x", next: "z.w" } },
            body: { z: halving(0, 7) },
          },
        },
        outputs: { u: "o.u" },
      }),
    );
    expect(warningsOf(nested)).toMatchObject([{ ...limit, at: { node: "o/z" } }]);
  });

  test("a while zone whose condition ends it just at its limit says nothing", async () => {
    // ‖(1,2,3,4)‖ = 5.48, after three halvings 0.68.
    for (const [max, said] of [
      [3, 0],
      [4, 0],
      [2, 1],
    ] as const) {
      const graph = compiled({ graph: { z: halving(1, max) }, outputs: { w: "z.w" } });
      expect(warningsOf(await eventsOf(graph))).toHaveLength(said);
    }
  });

  /** `body` inside of `depth` zones; each goes on with what the zone inside of it ends with. */
  const nest = (depth: number, innermost: object) => {
    let [body, out] = [innermost, "a.x"];
    for (let i = depth - 1; i >= 0; i -= 1) {
      const init = i === 0 ? "@x" : `@s${i - 1}`;
      const zone = {
        type: "zone/repeat",
        v: 1,
        params: { count: 1 },
        states: { [`s${i}`]: { init, next: out } },
        body,
      };
      [body, out] = [{ [`z${i}`]: zone }, `z${i}.s${i}`];
    }
    return { graph: body, outputs: { u: out } };
  };

  test("zones may be nested 32 deep; more are refused with a sentence, however many", async () => {
    const add = { a: expression("u + 1", { u: "@s0" }) };
    expect(numbers(await runSketch(nest(32, add)), "u")).toEqual([2, 3, 4, 5]);
    for (const depth of [33, 2000])
      expect(await issuesOf(() => compiled(nest(depth, add)))).toMatchObject([
        { code: "zone.depth", message: expect.stringContaining("32") },
      ]);
  });

  test("a state that changes its shape deep inside is refused at its zone", async () => {
    const shrink = {
      bind: { type: "operator/in-space", v: 1, in: { operator: "down.operator", space: "@s3" } },
      down: { type: "operator/average", v: 1, params: { factor: 2 } },
      y: { type: "operator/apply", v: 1, in: { operator: "bind.operator", x: "@s3" } },
      a: expression("y", { y: "y.y" }),
    };
    expect(await issuesOf(() => compiled(nest(4, shrink)))).toMatchObject([
      {
        code: "zone.state",
        at: { node: "z0/z1/z2/z3", port: "s3" },
        message: expect.stringContaining("shape [1,1,2,2] and goes on with [1,1,1,1]"),
      },
    ]);
  });
});
