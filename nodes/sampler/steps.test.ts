import { expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import {
  compiled,
  doneOf,
  eventsOf,
  expression,
  numbers,
  tensorFeed,
} from "../../test/engine/kit.ts";

const x0 = [1, -0.5, 2, 0.25];
const x = float32(Float32Array.from(x0), [1, 1, 2, 2]);
const wire = (type: string, params: object, wires: object) => ({ type, v: 1, params, in: wires });

async function outputsOf(graph: object, outputs: Readonly<Record<string, string>>) {
  const sketch = compiled({ graph, outputs, feeds: { x: tensorFeed(x) } });
  const done = doneOf(await eventsOf(sketch));
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, numbers(done, name)]));
}

/** The flow of a unit Gaussian from level a to b in `steps` steps; the exact factor is √((1+b²)/(1+a²)). */
async function flow(steps: number, corrected: boolean): Promise<number> {
  const denoised = (of: string, level: string) =>
    expression("x/(1 + s^2)", { x: of, s: `${level}.sigma` });
  const graph = {
    levels: {
      type: "schedule/poly",
      v: 1,
      params: { steps, sigmaMax: 2, sigmaMin: 0.5, rho: 1, end: "none" },
    },
    walk: {
      type: "zone/for-each",
      v: 1,
      each: { level: "levels.schedule.levels", next: "levels.schedule.nextLevels" },
      states: { u: { init: "@x", next: corrected ? "heun.x" : "euler.x" } },
      body: {
        clean: denoised("@u", "@level"),
        euler: wire(
          "sampler/euler",
          {},
          { x: "@u", x0: "clean.x", level: "@level", next: "@next" },
        ),
        cleanNext: denoised("euler.x", "@next"),
        heun: wire(
          "sampler/heun",
          {},
          { x: "euler.x", x0: "clean.x", x0Next: "cleanNext.x", level: "@level", next: "@next" },
        ),
      },
    },
  };
  const { u = [] } = await outputsOf(graph, { u: "walk.u" });
  return Math.abs((u[0] ?? 0) - Math.sqrt(1.25 / 5));
}

test("Euler is of first order and Heun of second on a flow that is known", async () => {
  const orders = async (corrected: boolean) =>
    Math.log2((await flow(8, corrected)) / (await flow(16, corrected)));
  expect(await orders(false)).toBeCloseTo(1, 0);
  expect(await orders(true)).toBeGreaterThan(1.7);
  expect(await flow(16, true)).toBeLessThan(0.1 * (await flow(16, false)));
});

test("gradient and momentum steps on x²/2", async () => {
  const descent = wire(
    "sampler/gradient-descent",
    { learningRate: 0.1 },
    { x: "@x", gradient: "@x" },
  );
  const ball = wire(
    "sampler/momentum",
    { learningRate: 0.1, momentum: 0.5 },
    { x: "@x", gradient: "@x", velocity: "@x" },
  );
  const found = await outputsOf(
    { descent, ball },
    { a: "descent.x", b: "ball.x", v: "ball.velocity" },
  );
  for (const [i, value] of x0.entries()) {
    expect(found["a"]?.[i]).toBeCloseTo(0.9 * value, 6);
    expect(found["v"]?.[i]).toBeCloseTo(1.5 * value, 6);
    expect(found["b"]?.[i]).toBeCloseTo(value - 0.15 * value, 6);
  }
});

/** A chain of `count` steps on 4 numbers, 500 rows: mean and variance of its end. */
async function chain(params: object, wires: object): Promise<{ mean: number; variance: number }> {
  const graph = {
    chain: {
      type: "zone/repeat",
      v: 1,
      params: { count: 60 },
      states: { u: { init: "@x", next: "step.x" } },
      body: { step: wire("sampler/langevin", params, { x: "@u", ...wires }) },
    },
  };
  const rows = float32(new Float32Array(2000).fill(1), [500, 1, 2, 2]);
  const sketch = compiled({
    graph,
    outputs: { u: "chain.u" },
    feeds: { x: tensorFeed(rows) },
    batch: 500,
  });
  const all = numbers(doneOf(await eventsOf(sketch)), "u");
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return { mean, variance: all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length };
}

test("Langevin steps sample the energy's density, at a temperature, around an anchor", async () => {
  // Energy u²/2, step 0.1: the discretised chain has variance T/(1 − step/2).
  const plain = await chain({ step: 0.1 }, { gradient: "@u" });
  expect(plain.mean).toBeCloseTo(0, 0);
  expect(plain.variance).toBeGreaterThan(0.95);
  expect(plain.variance).toBeLessThan(1.16);
  const cold = await chain({ step: 0.1, temperature: 0 }, { gradient: "@u" });
  expect(cold.variance).toBeLessThan(1e-6);
  // With the anchor 1 at distance s = 0.5 the precision is 1 + 4 and the mean 4/5.
  const held = await chain({ step: 0.02, anchorStd: 0.5 }, { gradient: "@u", anchor: "@x" });
  expect(held.mean).toBeGreaterThan(0.76);
  expect(held.mean).toBeLessThan(0.84);
  expect(held.variance).toBeGreaterThan(0.18);
  expect(held.variance).toBeLessThan(0.24);
});
