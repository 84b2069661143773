import { expression, type Sketch } from "./kit.ts";

const addNoise = (stream: string, x: string) => ({
  n: { type: "math/noise", v: 1, params: { stream }, in: { like: x } },
  a: expression("0.9*x + 0.1*n", { x, n: "n.x" }),
});

const inner = (stream: string, count: number) => ({
  type: "zone/repeat",
  v: 1,
  params: { count },
  states: { w: { init: "a.x", next: "a.x" } },
  body: addNoise(stream, "@w"),
});

/** Noise in the graph itself, in two outermost loops one after another, and in loops inside them; one stream is shared. */
export function noisyGraph(steps = 6): Sketch {
  return {
    graph: {
      before: { type: "math/noise", v: 1, params: { stream: "root" }, in: { like: "@x" } },
      start: expression("x + n", { x: "@x", n: "before.x" }),
      first: {
        type: "zone/repeat",
        v: 1,
        params: { count: steps },
        states: {
          u: { init: "start.x", next: "inner.w", depth: 2 },
          m: { init: "m.x", next: "m.x" },
        },
        scans: { s: "m.x" },
        body: {
          ...addNoise("shared", "@u"),
          inner: inner("shared", 13),
          m: expression("m + k", { m: "@m", k: "@k" }),
        },
      },
      m: expression("0", {}),
      between: { type: "math/noise", v: 1, params: { stream: "between" }, in: { like: "@x" } },
      mixed: expression("u + n + m", { u: "first.u", n: "between.x", m: "first.m" }),
      second: {
        type: "zone/for-each",
        v: 1,
        each: { value: "first.s" },
        states: { u: { init: "mixed.x", next: "a.x" } },
        body: { ...addNoise("second", "@u"), b: expression("a + v", { a: "a.x", v: "@value" }) },
      },
    },
    outputs: { u: "second.u", first: "first.u", s: "first.s" },
  };
}
