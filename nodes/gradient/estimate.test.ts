import { describe, expect, test } from "vitest";
import {
  compiled,
  issuesOf,
  numbers,
  runSketch,
  tensorFeed,
  type Sketch,
} from "../../test/engine/kit.ts";
import { pictureOf } from "../../test/support/evaluate.ts";
import { float32, type Shape } from "../../runtime/tensor/tensor.ts";

const wires = { operator: "bind.operator", x: "@x", measurement: "@y" };
const blur = { type: "operator/gaussian-blur", v: 1, params: { std: 1 } };
const rounding = { type: "operator/quantisation", v: 1, params: { bits: 2 } };
const exact = { exact: { type: "operator/data-gradient", v: 1, in: wires } };

/** @x, a measurement @y of its shape, and an operator between them. */
function sketch(
  operator: object,
  graph: object,
  outputs: Sketch["outputs"],
  shape: Shape = [1, 4, 5],
): Sketch {
  const x = pictureOf(shape);
  const y = (x.data as Float32Array).map((v) => 0.3 - v / 2);
  const bind = { operator: "operator.operator", space: "@x" };
  return {
    graph: { operator, bind: { type: "operator/in-space", v: 1, in: bind }, ...graph },
    inputs: { x: { kind: "signal" }, y: { kind: "measurement" } },
    outputs,
    feeds: { x: tensorFeed(x), y: tensorFeed(float32(y, x.shape)) },
  };
}

const estimateOf = (params: object, x = "@x") => ({
  type: "gradient/estimate",
  v: 1,
  params,
  in: { ...wires, x },
});
const both = { estimate: "estimate.gradient", exact: "exact.gradient" };
const compared = (params: object, operator: object = blur) =>
  runSketch(sketch(operator, { estimate: estimateOf(params), ...exact }, both));

const squares = (v: readonly number[]) => v.reduce((sum, a) => sum + a * a, 0);

describe("gradient/estimate", () => {
  test("with spsa is without bias, and its variance is as said", async () => {
    const samples = 4096;
    const done = await compared({ method: "spsa", samples, radius: 0.2 });
    const [estimate, gradient] = [numbers(done, "estimate"), numbers(done, "exact")];
    // The variance of value i is Σ_{j≠i} g_j² / K.
    const z = estimate.map(
      (v, i) => (v - gradient[i]!) / Math.sqrt((squares(gradient) - gradient[i]! ** 2) / samples),
    );
    z.forEach((v) => expect(Math.abs(v)).toBeLessThan(4.5));
    // χ² of 20 values.
    expect(squares(z)).toBeGreaterThan(5);
    expect(squares(z)).toBeLessThan(50);
  });

  test.each([0.01, 0.5])(
    "by differences is exact for a linear operator, radius %d",
    async (radius) => {
      const done = await compared({ method: "differences", radius });
      const gradient = numbers(done, "exact");
      numbers(done, "estimate").forEach((v, i) => expect(v).toBeCloseTo(gradient[i]!, 3));
    },
  );

  test("by differences finds the gradient of a curved operator", async () => {
    const curved = { type: "operator/nonlinear-blur", v: 1, params: { radius: 2 } };
    const done = await compared({ method: "differences", radius: 0.01 }, curved);
    const gradient = numbers(done, "exact");
    numbers(done, "estimate").forEach((v, i) => expect(v).toBeCloseTo(gradient[i]!, 2));
  });

  test("sees past rounding: descends to a signal that is rounded to the measurement", async () => {
    const move = { expression: "u - 0.02*g" };
    const applied = (x: string) => ({
      type: "operator/apply",
      v: 1,
      in: { operator: "bind.operator", x },
    });
    const graph = {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 200 },
        states: { u: { init: "@x", next: "move.x" } },
        body: {
          g: estimateOf({ samples: 8, radius: 0.3 }, "@u"),
          move: {
            type: "math/expression",
            v: 1,
            params: move,
            in: { u: "@u", g: "g.gradient" },
          },
        },
      },
      target: applied("@y"),
      before: applied("@x"),
      after: applied("loop.u"),
    };
    const outputs = { target: "target.y", before: "before.y", after: "after.y" };
    const done = await runSketch(sketch(rounding, graph, outputs));
    const target = numbers(done, "target");
    const off = (name: string) => squares(numbers(done, name).map((v, i) => v - target[i]!));
    expect(off("after")).toBeLessThan(off("before") / 5);
  });

  test("gives each sample its own, and the same again", async () => {
    const one = sketch(rounding, { e: estimateOf({ samples: 3 }) }, { e: "e.gradient" });
    const x = pictureOf([1, 4, 5]).data as Float32Array;
    const twice = (data: Float32Array) => tensorFeed(float32([...data, ...data], [2, 1, 4, 5]));
    const feeds = { x: twice(x), y: twice(x.map((v) => -v)) };
    const run = async () => numbers(await runSketch({ ...one, feeds, batch: 2 }), "e");
    const values = await run();
    expect(values.slice(0, 20)).not.toEqual(values.slice(20));
    expect(await run()).toEqual(values);
  });

  test("refuses to move too many values one by one", async () => {
    const graph = { e: estimateOf({ method: "differences" }) };
    const [issue] = await issuesOf(() =>
      compiled(sketch(blur, graph, { e: "e.gradient" }, [1, 64, 65])),
    );
    expect(issue).toMatchObject({ code: "gradient.too-many", at: { node: "e" } });
    expect(issue?.message).toContain("4160 values by itself");
  });
});
