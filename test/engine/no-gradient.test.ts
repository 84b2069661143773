import { describe, expect, test } from "vitest";
import { compiled, expression, issuesOf, numbers, runSketch, type Sketch } from "./kit.ts";

/** An operator that rounds, applied to @x. */
const rounding = {
  round: { type: "operator/quantisation", v: 1, params: { bits: 2 } },
  bind: { type: "operator/in-space", v: 1, in: { operator: "round.operator", space: "@x" } },
  y: { type: "operator/apply", v: 1, in: { operator: "bind.operator", x: "@x" } },
};
const norm = (x: string) => ({ type: "math/norm", v: 1, in: { x } });
const gradient = (of: string, wrt = "@x") => ({ type: "gradient/of", v: 1, in: { of, wrt } });
const sketch = (graph: object, output: string): Sketch => ({
  graph: { ...rounding, ...graph },
  outputs: { out: output },
});

describe("an operator without a gradient", () => {
  test("is refused where its gradient is asked for, with what works instead", async () => {
    const graph = {
      g: {
        type: "operator/data-gradient",
        v: 1,
        in: { operator: "bind.operator", x: "@x", measurement: "y.y" },
      },
    };
    const [issue] = await issuesOf(() => compiled(sketch(graph, "g.gradient")));
    expect(issue).toMatchObject({ code: "operator.lacks", at: { node: "g" } });
    expect(issue?.message).toBe("Quantisation to 2 bits has no gradient.");
    expect(issue?.fix).toContain("gradient/estimate");
    expect(issue?.fix).toContain("DDNM");
  });

  const projected = { type: "operator/project", v: 1, in: {} };
  const wires = { operator: "bind.operator", x: "@x", measurement: "y.y" };
  test.each<readonly [string, object, string]>([
    ["applied", { n: norm("y.y") }, "n.norm"],
    [
      "projected with",
      {
        p: { type: "operator/projector", v: 1, in: { operator: "bind.operator", x: "@x" } },
        n: norm("p.x"),
      },
      "n.norm",
    ],
    ["projected onto", { p: { ...projected, in: wires }, n: norm("p.x") }, "n.norm"],
    ["scored with", { r: { type: "metric/residual", v: 1, in: wires } }, "r.norm"],
  ])("refuses a gradient through it, where it is %s", async (_, graph, of) => {
    const [issue] = await issuesOf(() =>
      compiled(sketch({ ...graph, g: gradient(of) }, "g.gradient")),
    );
    expect(issue).toMatchObject({ code: "gradient.opaque", at: { node: "g" } });
    expect(issue?.message).toMatch(/^Quantisation to 2 bits has no gradient, and the path/);
  });

  test("refuses a gradient through a zone that holds it", async () => {
    const graph = {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { u: { init: "@x", next: "y.y" } },
        body: { y: { ...rounding.y, in: { operator: "bind.operator", x: "@u" } } },
      },
      n: norm("loop.u"),
      g: gradient("n.norm"),
    };
    const [issue] = await issuesOf(() =>
      compiled({
        graph: { round: rounding.round, bind: rounding.bind, ...graph },
        outputs: { out: "g.gradient" },
      }),
    );
    expect(issue).toMatchObject({ code: "gradient.opaque", at: { node: "g" } });
  });

  test("lets gradients pass beside it, and past a stop", async () => {
    const graph = {
      stop: { type: "gradient/stop", v: 1, in: { x: "y.y" } },
      d: expression("x - y", { x: "@x", y: "stop.x" }),
      square: expression("d^2", { d: "d.x" }),
      n: norm("square.x"),
      g: gradient("n.norm"),
    };
    const done = await runSketch(sketch(graph, "g.gradient"));
    expect(numbers(done, "out").some((v) => v !== 0)).toBe(true);
  });

  test("computes what it computes", async () => {
    const done = await runSketch(sketch({}, "y.y"));
    const third = (v: number) => (2 * Math.floor(((v + 1) / 2) * 3 + 0.5)) / 3 - 1;
    const expected = [1, 2, 3, 4].map(third);
    numbers(done, "out").forEach((v, i) => expect(v).toBeCloseTo(expected[i] ?? Number.NaN, 6));
  });
});
