import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { add, constantLike, matMul, mul, reshape } from "../../runtime/trace/math.ts";
import { createRecorder } from "../../runtime/trace/recorder.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import {
  compiled,
  doneOf,
  eventsOf,
  expression,
  issuesOf,
  numbers,
  runSketch,
  tensorFeed,
  type Sketch,
} from "./kit.ts";

/** Its answer is the second output, x₀ = x/2; the first is tanh x. */
function twoAnswers(): ModelAsset {
  const emit = createRecorder();
  const x = emit.input({ dtype: "float32", shape: [1, 1, 2, 2] });
  const features = emit.op("Tanh", [x], {});
  const y = mul(emit, x, constantLike(emit, x, [0.5], []));
  const bytes = writeModel(emit.finish([features, y]), {
    inputNames: ["x"],
    outputNames: ["features", "x0"],
  });
  return {
    name: "two",
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    card: null,
  };
}

const weights = [0.5, -1, 0.25, 0.75, 1, 0.5, -0.5, 0.25, -0.25, 1.5, 0.5, -1, 1, 0.25, -0.75, 0.5];

/** x₀ = tanh(W x) + x σ / 10, on the four pixels; depends on the noise level too. */
function smallNetwork(): ModelAsset {
  const emit = createRecorder();
  const x = emit.input({ dtype: "float32", shape: [1, 1, 2, 2] });
  const sigma = emit.input({ dtype: "float32", shape: [1] });
  const w = constantLike(emit, x, weights, [4, 4]);
  const hidden = emit.op("Tanh", [matMul(emit, w, reshape(emit, x, [4, 1]))], {});
  const s = mul(emit, reshape(emit, sigma, [1, 1, 1, 1]), constantLike(emit, x, [0.1], []));
  const y = add(emit, reshape(emit, hidden, [1, 1, 2, 2]), mul(emit, x, s));
  const bytes = writeModel(emit.finish([y]), { inputNames: ["x", "sigma"], outputNames: ["x0"] });
  return {
    name: "small",
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    card: null,
  };
}

/** The same in float64. */
function network(x: readonly number[], sigma: number): number[] {
  return x.map(
    (v, i) =>
      Math.tanh(x.reduce((sum, u, j) => sum + (weights[4 * i + j] ?? 0) * u, 0)) + (v * sigma) / 10,
  );
}

/** Central differences in float64. */
function differences(f: (x: readonly number[]) => number, x: readonly number[]): number[] {
  const h = 1e-5;
  const at = (i: number, d: number) => f(x.map((v, j) => (j === i ? v + d : v)));
  return x.map((_, i) => (at(i, h) - at(i, -h)) / (2 * h));
}

const norm = (x: readonly number[]) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
const point = [0.3, -0.2, 0.5, 0.1];
const feeds = { x: tensorFeed(float32(point, [1, 1, 2, 2])) };

function expectClose(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  got.forEach((v, i) => expect(v).toBeCloseTo(wanted[i] ?? Number.NaN, 4));
}

const prior = {
  type: "prior/onnx",
  v: 1,
  params: { model: "small", predicts: "x0", process: "ve", conditioning: "sigma" },
};
const level = { type: "schedule/level", v: 1, params: { sigma: 2 } };
const denoise = (x: string) => ({
  type: "prior/denoise",
  v: 1,
  in: { prior: "prior.prior", x, level: "level.level" },
});
const normOf = (x: string) => ({ type: "math/norm", v: 1, in: { x } });
const gradient = (of: string, wrt: string) => ({ type: "gradient/of", v: 1, in: { of, wrt } });

describe("gradients", () => {
  test("through a network and an operator equal central differences; one evaluation and one backward pass are counted", async () => {
    const sketch: Sketch = {
      graph: {
        prior,
        level,
        d: denoise("@x"),
        down: { type: "operator/average", v: 1, params: { factor: 2 } },
        bind: { type: "operator/in-space", v: 1, in: { operator: "down.operator", space: "@x" } },
        y: { type: "operator/apply", v: 1, in: { operator: "bind.operator", x: "d.x0" } },
        r: expression("y - 0.7", { y: "y.y" }),
        n: normOf("r.x"),
        g: gradient("n.norm", "@x"),
      },
      outputs: { g: "g.gradient" },
      feeds,
      models: { small: smallNetwork() },
    };
    const done = await runSketch(sketch);
    const f = (x: readonly number[]) =>
      Math.abs(network(x, 2).reduce((s, v) => s + v / 4, 0) - 0.7);
    expectClose(numbers(done, "g"), differences(f, point));
    expect([done.nfe, done.vjpCalls]).toEqual([1, 1]);
  });

  test("a vector-Jacobian product equals the transposed Jacobian's", async () => {
    const done = await runSketch({
      graph: {
        prior,
        level,
        d: denoise("@x"),
        c: expression("x^2", { x: "@x" }),
        g: { type: "gradient/vjp", v: 1, in: { of: "d.x0", wrt: "@x", cotangent: "c.x" } },
      },
      outputs: { g: "g.gradient" },
      feeds,
      models: { small: smallNetwork() },
    });
    const f = (x: readonly number[]) =>
      network(x, 2).reduce((s, v, i) => s + v * (point[i] ?? 0) ** 2, 0);
    expectClose(numbers(done, "g"), differences(f, point));
  });

  test("two gradients in one body share the evaluation, and are counted each", async () => {
    const done = await runSketch({
      graph: {
        prior,
        level,
        d: denoise("@x"),
        n: normOf("d.x0"),
        s: expression("2*x", { x: "d.x0" }),
        m: normOf("s.x"),
        g: gradient("n.norm", "@x"),
        h: gradient("m.norm", "@x"),
      },
      outputs: { g: "g.gradient", h: "h.gradient" },
      feeds,
      models: { small: smallNetwork() },
    });
    const f = (x: readonly number[]) => norm(network(x, 2));
    expectClose(numbers(done, "g"), differences(f, point));
    expectClose(
      numbers(done, "h"),
      differences(f, point).map((v) => 2 * v),
    );
    expect([done.nfe, done.vjpCalls]).toEqual([1, 2]);
  });

  test("a network without a gradient through it stays a call of its own", async () => {
    const graph = compiled({
      graph: { prior, level, d: denoise("@x"), n: normOf("d.x0"), g: gradient("n.norm", "d.x0") },
      outputs: { g: "g.gradient" },
      feeds,
      models: { small: smallNetwork() },
    });
    expect(graph.root.barriers.map(({ kind }) => kind)).toEqual(["call"]);
    const done = doneOf(await eventsOf(graph));
    expect([done.nfe, done.vjpCalls]).toEqual([1, 0]);
    const y = network(point, 2);
    expectClose(
      numbers(done, "g"),
      y.map((v) => v / norm(y)),
    );
  });

  test("through a clamp is zero where it saturates, and is stopped where it is told to", async () => {
    const done = await runSketch({
      graph: {
        c: { type: "math/clamp", v: 1, params: { min: -10, max: 2.5 }, in: { x: "@x" } },
        s: expression("c^2", { c: "c.x" }),
        n: normOf("s.x"),
        g: gradient("n.norm", "@x"),
        stop: { type: "gradient/stop", v: 1, in: { x: "@x" } },
        p: expression("a * b", { a: "@x", b: "stop.x" }),
        m: normOf("p.x"),
        h: gradient("m.norm", "@x"),
      },
      outputs: { g: "g.gradient", h: "h.gradient" },
    });
    const x = [1, 2, 3, 4];
    expectClose(
      numbers(done, "g"),
      differences((v) => norm(v.map((u) => Math.min(u, 2.5) ** 2)), x),
    );
    expectClose(
      numbers(done, "h"),
      differences((v) => norm(v.map((u, i) => u * (x[i] ?? 0))), x),
    );
  });

  test("of a norm at zero is zero", async () => {
    const done = await runSketch({
      graph: {
        r: expression("x - y", { x: "@x", y: "@x" }),
        n: normOf("r.x"),
        g: gradient("n.norm", "r.x"),
        h: gradient("n.norm", "@x"),
      },
      outputs: { g: "g.gradient", h: "h.gradient" },
    });
    expect(numbers(done, "g").map((v) => v + 0)).toEqual([0, 0, 0, 0]);
    expect(numbers(done, "h").map((v) => v + 0)).toEqual([0, 0, 0, 0]);
  });

  test("with respect to a wire that plays no part is refused", async () => {
    const issues = await issuesOf(() =>
      compiled({
        graph: {
          c: { type: "math/constant", v: 1, params: { value: 2 }, in: { like: "@x" } },
          n: normOf("c.x"),
          g: gradient("n.norm", "@x"),
        },
        outputs: { g: "g.gradient" },
      }),
    );
    expect(issues).toMatchObject([{ code: "gradient.no-path", at: { node: "g" } }]);
  });

  test("of which only a part would be seen from inside a zone is refused", async () => {
    const issues = await issuesOf(() =>
      compiled({
        graph: {
          y: expression("x^2", { x: "@x" }),
          z: {
            type: "zone/repeat",
            v: 1,
            params: { count: 2 },
            states: { u: { init: "@x", next: "g.gradient" } },
            body: {
              s: expression("u + x + y", { u: "@u", x: "@x", y: "y.x" }),
              n: normOf("s.x"),
              g: gradient("n.norm", "@x"),
            },
          },
        },
        outputs: { u: "z.u" },
      }),
    );
    expect(issues).toMatchObject([
      { code: "gradient.zone", at: { node: "z/g" }, message: expect.stringContaining("y.x") },
    ]);
  });
});

describe("gradients through a zone of fixed length", () => {
  /** u ← tanh(W u) + 0.2 u + 0.01 k n_k, three times, with history, an inner zone, noise and a network call. */
  const zone = (count: number, more: object = {}) => ({
    type: "zone/repeat",
    v: 1,
    params: { count },
    states: { u: { init: "@x", next: "mix.x", depth: 2 }, h: { init: "h.x", next: "h.x" } },
    body: {
      d: denoise("@u"),
      noise: { type: "math/noise", v: 1, in: { like: "@u" } },
      inner: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { w: { init: "d.x0", next: "a.x" } },
        body: {
          n: { type: "math/noise", v: 1, in: { like: "@w" } },
          a: expression("0.8*w + 0.05*sin(w) + 0.02*n", { w: "@w", n: "n.x" }),
        },
      },
      h: expression("h / 2", { h: "@h" }),
      mix: expression("w + h*b + 0.01*(k + 1)*n", {
        w: "inner.w",
        h: "@h",
        b: "@u.1",
        k: "@k",
        n: "noise.x",
      }),
    },
    scans: { hs: "h.x" },
    ...more,
  });
  const sketch = (count: number, withGradient: boolean): Sketch => ({
    graph: {
      prior,
      level,
      h: expression("0.5", {}),
      z: zone(count),
      n: normOf("z.u"),
      ...(withGradient ? { g: gradient("n.norm", "@x") } : {}),
    },
    outputs: {
      u: "z.u",
      hs: "z.hs",
      h: "z.h",
      n: "n.norm",
      ...(withGradient ? { g: "g.gradient" } : {}),
    },
    feeds,
    models: { small: smallNetwork() },
  });

  test("leave the zone's results, noise and counts as they are, and equal differences of the run itself", async () => {
    const plain = await runSketch(sketch(3, false));
    const done = await runSketch(sketch(3, true));
    expectClose(numbers(done, "u"), numbers(plain, "u"));
    expect([done.outputs["hs"], done.outputs["h"]]).toEqual([
      plain.outputs["hs"],
      plain.outputs["h"],
    ]);
    expect([plain.nfe, done.nfe, done.vjpCalls]).toEqual([3, 3, 3]);
    const step = 0.02;
    const at = async (i: number, d: number) => {
      const moved = {
        x: tensorFeed(
          float32(
            point.map((v, j) => (j === i ? v + d : v)),
            [1, 1, 2, 2],
          ),
        ),
      };
      return numbers(await runSketch({ ...sketch(3, false), feeds: moved }), "n")[0] ?? Number.NaN;
    };
    const g = numbers(done, "g");
    for (let i = 0; i < 4; i += 1)
      expect(g[i]).toBeCloseTo(((await at(i, step)) - (await at(i, -step))) / (2 * step), 2);
  });

  test("probes of the zone's wires still say the iteration", async () => {
    const graph = compiled(sketch(3, true));
    const events = await eventsOf(graph, { control: createRunControl(["z/inner/a.x"]) });
    const seen = events.flatMap((event) => (event.type === "probe" ? [event.iteration] : []));
    expect(seen).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
  });

  test("with no iteration is that of the init", async () => {
    expectClose(
      numbers(await runSketch(sketch(0, true)), "g"),
      point.map((v) => v / norm(point)),
    );
  });

  test("fix the number of iterations: a run that sets another is told to compile again", async () => {
    const graph = compiled(sketch(3, true));
    const issues = await issuesOf(() => eventsOf(graph, { params: { "z.count": 4 } }));
    expect(issues).toMatchObject([{ code: "param.fixed" }]);
    await eventsOf(graph, { params: { "z.count": 3 } });
  });

  test("are refused at the node where the number is not fixed, or the zone chooses", async () => {
    const refused = (z: object) =>
      issuesOf(() =>
        compiled({
          ...sketch(3, true),
          graph: {
            prior,
            level,
            h: expression("0.5", {}),
            m: normOf("@x"),
            z,
            n: normOf("z.u"),
            g: gradient("n.norm", "@x"),
          },
        }),
      );
    const stopped = zone(3, { stop: "s.x" });
    for (const z of [
      { ...stopped, body: { ...stopped.body, s: expression("k == 1", { k: "@k" }) } },
      { ...zone(3), params: {}, in: { count: "m.norm" } },
      { ...zone(3), scans: { us: "mix.x" } },
    ])
      expect(await refused(z)).toMatchObject([
        {
          code: "gradient.zone",
          at: { node: "g" },
          message: expect.stringContaining("the zone z"),
        },
      ]);
  });
});

describe("gradients through a zone that chooses", () => {
  const branch = (body: object, x: string) => ({ body, outputs: { x, h: "h.x" } });
  /** Twice a network, or in the other branch three steps of u ← 0.9 u + 0.05 sin u + 0.01 n. */
  const choose = (condition: string, x: string) => ({
    type: "zone/if",
    v: 1,
    in: { condition },
    then: branch(
      {
        d: denoise(x),
        two: { type: "math/scale", v: 1, params: { factor: 2 }, in: { x: "d.x0" } },
        h: expression("0.25", {}),
      },
      "two.x",
    ),
    else: branch(
      {
        steps: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { w: { init: x, next: "a.x" } },
          body: {
            n: { type: "math/noise", v: 1, in: { like: "@w" } },
            a: expression("0.9*w + 0.05*sin(w) + 0.01*n", { w: "@w", n: "n.x" }),
          },
        },
        h: expression("0.5", {}),
      },
      "steps.w",
    ),
  });
  const blocks = {
    chosen: {
      inputs: { mode: { kind: "scalar", default: 1 }, x: { kind: "signal" } },
      graph: {
        prior,
        level,
        c: choose("@mode", "@x"),
        y: expression("x*h + 0.3", { x: "c.x", h: "c.h" }),
      },
      outputs: { y: "y.x" },
    },
  };
  const chosen = (mode: number, withGradient = true): Sketch => ({
    graph: {
      b: { type: "block", use: "chosen", params: { mode }, in: { x: "@x" } },
      n: normOf("b.y"),
      ...(withGradient ? { g: gradient("n.norm", "@x") } : {}),
    },
    outputs: { n: "n.norm", ...(withGradient ? { g: "g.gradient" } : {}) },
    blocks,
    feeds,
    models: { small: smallNetwork() },
  });

  /** Central differences of the run itself. */
  async function measured(sketch: (x: readonly number[]) => Sketch): Promise<readonly number[]> {
    const step = 0.005;
    const at = async (i: number, d: number) => {
      const moved = point.map((v, j) => (j === i ? v + d : v));
      return numbers(await runSketch(sketch(moved)), "n")[0] ?? Number.NaN;
    };
    const found: number[] = [];
    for (const i of point.keys())
      found.push(((await at(i, step)) - (await at(i, -step))) / (2 * step));
    return found;
  }
  const fed = (x: readonly number[]) => ({ x: tensorFeed(float32(x, [1, 1, 2, 2])) });
  /** To what differences over a step of 0.005 miss of it. */
  const expectNear = (got: readonly number[], wanted: readonly number[]) => {
    expect(got).toHaveLength(wanted.length);
    expect(norm(got.map((v, i) => v - (wanted[i] ?? 0)))).toBeLessThan(0.002 * norm(wanted));
  };

  for (const [mode, counts] of [
    [1, [1, 1]],
    [0, [0, 0]],
  ] as const)
    test(`by a param that is ${mode} go through the branch it takes, which alone is evaluated`, async () => {
      const done = await runSketch(chosen(mode));
      const wanted = await measured((x) => ({ ...chosen(mode, false), feeds: fed(x) }));
      expectNear(numbers(done, "g"), wanted);
      expect(numbers(done, "n")).toEqual(numbers(await runSketch(chosen(mode, false)), "n"));
      expect([done.nfe, done.vjpCalls]).toEqual(counts);
    });

  test("fix the branch: a run that would take the other is told to compile again", async () => {
    const graph = compiled(chosen(1));
    expect(await issuesOf(() => eventsOf(graph, { params: { "b.mode": 0 } }))).toMatchObject([
      { code: "param.fixed", message: expect.stringContaining("branch") },
    ]);
  });

  /** Zones in a written-out zone that choose by its counter, one inside the other. */
  const counted = (withGradient: boolean): Sketch => ({
    graph: {
      prior,
      level,
      z: {
        type: "zone/repeat",
        v: 1,
        params: { count: 4 },
        states: { u: { init: "@x", next: "mix.x" }, h: { init: "zero.x", next: "c.h" } },
        body: {
          early: expression("k < 3", { k: "@k" }),
          c: {
            ...choose("even.x", "@u"),
            in: { condition: "early.x" },
            then: branch(
              {
                even: expression("k == 1", { k: "@k" }),
                inner: choose("even.x", "@u"),
                n: { type: "math/noise", v: 1, in: { like: "@u" } },
                s: expression("i + 0.02*n", { i: "inner.x", n: "n.x" }),
                h: expression("i + k", { i: "inner.h", k: "@k" }),
              },
              "s.x",
            ),
          },
          mix: expression("0.8*u + c*(1 + h)", { u: "@u", c: "c.x", h: "@h" }),
        },
      },
      zero: expression("0", {}),
      n: normOf("z.u"),
      ...(withGradient ? { g: gradient("n.norm", "@x") } : {}),
    },
    outputs: { n: "n.norm", h: "z.h", ...(withGradient ? { g: "g.gradient" } : {}) },
    feeds,
    models: { small: smallNetwork() },
  });

  test("by the counter of a written-out zone leave its results, noise and counts as they are", async () => {
    const plain = await runSketch(counted(false));
    const done = await runSketch(counted(true));
    expectClose(numbers(done, "n"), numbers(plain, "n"));
    expect(done.outputs["h"]).toEqual(plain.outputs["h"]);
    expect([plain.nfe, done.nfe, done.vjpCalls]).toEqual([1, 1, 1]);
    expectNear(numbers(done, "g"), await measured((x) => ({ ...counted(false), feeds: fed(x) })));
  });

  test("probes show the branch that is taken, by the names in the file", async () => {
    const wires = [
      "z/c/then/inner/then/two.x",
      "z/c/then/inner/else/steps/a.x",
      "z/c/else/steps.w",
    ];
    const shown = async (withGradient: boolean) =>
      (await eventsOf(compiled(counted(withGradient)), { control: createRunControl(wires) }))
        .flatMap((event) =>
          event.type === "probe" ? [`${event.wire} ${event.iteration.join()}`] : [],
        )
        .toSorted();
    expect(await shown(true)).toEqual(await shown(false));
  });

  test("are refused where it is known only while it runs which branch is taken", async () => {
    const { blocks: _, ...sketch } = chosen(1);
    const graph = {
      prior,
      level,
      m: normOf("@x"),
      b: choose("m.norm", "@x"),
      n: normOf("b.x"),
      g: gradient("n.norm", "@x"),
    };
    expect(await issuesOf(() => compiled({ ...sketch, graph }))).toMatchObject([
      {
        code: "gradient.zone",
        at: { node: "g" },
        message: expect.stringContaining("the zone b, which chooses while it runs"),
      },
    ]);
  });
});

describe("gradients of which only a part would be seen are refused at their node", () => {
  const refusedIn = (graph: object, output: string) =>
    issuesOf(() => compiled({ graph, outputs: { g: output } }));
  const zone = (body: object, states: object, more: object = {}) => ({
    type: "zone/repeat",
    v: 1,
    params: { count: 1 },
    states,
    body,
    ...more,
  });
  const readBack = {
    n: normOf("@x"),
    level: { type: "schedule/level", v: 1, in: { sigma: "n.norm" } },
    s: { type: "math/scale", v: 1, in: { x: "@x", factor: "level.level.sigma" } },
    m: normOf("s.x"),
  };

  test("through a number read back to the host", async () => {
    expect(
      await refusedIn({ ...readBack, g: gradient("m.norm", "@x") }, "g.gradient"),
    ).toMatchObject([
      {
        code: "gradient.zone",
        at: { node: "g" },
        message: expect.stringContaining("a value read back to the host by level"),
      },
    ]);
  });

  test("through a host number that is a zone's state", async () => {
    const graph = {
      zero: expression("0", {}),
      n: normOf("@x"),
      loop: zone(
        { m: expression("n + s", { n: "n.norm", s: "@s" }) },
        { s: { init: "zero.x", next: "m.x" } },
      ),
      s: { type: "math/scale", v: 1, in: { x: "@x", factor: "loop.s" } },
      m: normOf("s.x"),
      g: gradient("m.norm", "@x"),
    };
    expect(await refusedIn(graph, "g.gradient")).toMatchObject([
      {
        code: "gradient.zone",
        at: { node: "g" },
        message: expect.stringContaining("a value read back to the host"),
      },
    ]);
  });

  test("through a number read back around the zone that takes the gradient", async () => {
    const graph = {
      ...readBack,
      loop: zone(
        {
          s: { type: "math/scale", v: 1, in: { x: "@x", factor: "level.level.sigma" } },
          m: normOf("s.x"),
          g: gradient("m.norm", "@x"),
        },
        { a: { init: "@x", next: "g.gradient" } },
      ),
    };
    expect(await refusedIn(graph, "loop.a")).toMatchObject([
      {
        code: "gradient.zone",
        at: { node: "loop/g" },
        message: expect.stringContaining("a value read back to the host"),
      },
    ]);
  });

  test("through the tensors of two enclosing zones", async () => {
    const inner = zone(
      {
        s: expression("x*z", { x: "@x", z: "z.x" }),
        n: normOf("s.x"),
        g: gradient("n.norm", "@x"),
      },
      { b: { init: "@x", next: "g.gradient" } },
    );
    const graph = {
      w: expression("3*x", { x: "@x" }),
      outer: zone(
        { z: expression("w*1", { w: "w.x" }), inner },
        { a: { init: "@x", next: "inner.b" } },
      ),
    };
    expect(await refusedIn(graph, "outer.a")).toMatchObject([
      {
        code: "gradient.zone",
        at: { node: "outer/inner/g" },
        message: expect.stringContaining("outer/z.x"),
      },
    ]);
  });

  /** ∂‖x a‖/∂x inside a zone with the state a. */
  const withState = (init: string, next: string) => ({
    c: { type: "math/constant", v: 1, params: { value: 2 }, in: { like: "@x" } },
    outer: zone(
      {
        s: expression("x*a", { x: "@x", a: "@a" }),
        n: normOf("s.x"),
        g: gradient("n.norm", "@x"),
        half: expression("a/2", { a: "@a" }),
      },
      { a: { init, next }, last: { init: "c.x", next: "g.gradient" } },
    ),
  });

  test("through a state that begins with what it is taken with respect to, or goes on with it", async () => {
    for (const graph of [withState("@x", "half.x"), withState("c.x", "g.gradient")])
      expect(await refusedIn(graph, "outer.last")).toMatchObject([
        {
          code: "gradient.zone",
          at: { node: "outer/g" },
          message: expect.stringContaining("the state a of the zone outer"),
        },
      ]);
  });

  test("but not for a state that does not depend on it", async () => {
    const done = await runSketch({
      graph: withState("c.x", "half.x"),
      outputs: { g: "outer.last" },
    });
    expectClose(
      numbers(done, "g"),
      [1, 2, 3, 4].map((v) => (2 * v) / norm([1, 2, 3, 4])),
    );
  });

  test("but not where the number only decides, or where the gradient is stopped before it", async () => {
    const body = { h: expression("y/2", { y: "@y" }) };
    const keep = { y: { init: "@x", next: "h.x" } };
    const done = await runSketch({
      graph: {
        stop: { type: "gradient/stop", v: 1, in: { x: "@x" } },
        n: normOf("@x"),
        k: normOf("stop.x"),
        count: expression("round(n/3)", { n: "n.norm" }),
        c: { type: "math/constant", v: 1, params: { value: 2 }, in: { like: "@x" } },
        loop: zone(
          { h: expression("y/2", { y: "@y" }) },
          { y: { init: "c.x", next: "h.x" } },
          { params: {}, in: { count: "count.x" } },
        ),
        positive: expression("n > 1", { n: "n.norm" }),
        choice: {
          type: "zone/if",
          v: 1,
          in: { condition: "positive.x" },
          then: { body: { t: expression("3*c", { c: "c.x" }) }, outputs: { y: "t.x" } },
          else: { body: { e: expression("4*c", { c: "c.x" }) }, outputs: { y: "e.x" } },
        },
        level: { type: "schedule/level", v: 1, in: { sigma: "k.norm" } },
        factor: { type: "math/scale", v: 1, in: { x: "@x", factor: "level.level.sigma" } },
        plain: zone(body, keep),
        s: expression("a*b*c + 0*d", { a: "factor.x", b: "loop.y", c: "choice.y", d: "plain.y" }),
        m: normOf("s.x"),
        g: gradient("m.norm", "@x"),
      },
      outputs: { g: "g.gradient" },
    });
    const x = [1, 2, 3, 4];
    const scale = norm(x) * (2 / 2 ** Math.round(norm(x) / 3)) * 6;
    expectClose(
      numbers(done, "g").map((v) => v / scale),
      x.map((v) => v / norm(x)),
    );
  });
});

describe("evaluations under a gradient", () => {
  const other = {
    type: "prior/onnx",
    v: 1,
    params: { model: "two", predicts: "x0", process: "ve", conditioning: "none", output: "x0" },
  };
  const counts = async (graph: object, output: string) => {
    const { nfe, vjpCalls } = await runSketch({
      graph: { prior: other, level, d: denoise("@x"), n: normOf("d.x0"), ...graph },
      outputs: { y: output },
      feeds,
      models: { two: twoAnswers() },
    });
    return [nfe, vjpCalls];
  };

  test("are counted whichever output of the network is its answer", async () => {
    expect(await counts({}, "d.x0")).toEqual([1, 0]);
    expect(await counts({ g: gradient("n.norm", "@x") }, "g.gradient")).toEqual([1, 1]);
  });

  test("are counted where only the gradient is read", async () => {
    const g = { type: "gradient/vjp", v: 1, in: { of: "d.x0", wrt: "@x", cotangent: "@x" } };
    expect(await counts({ g }, "g.gradient")).toEqual([1, 1]);
  });

  test("are counted for each iteration of a zone that is written out", async () => {
    const z = {
      type: "zone/repeat",
      v: 1,
      params: { count: 3 },
      states: { u: { init: "@x", next: "e.x0" }, w: { init: "@x", next: "h.gradient" } },
      body: { e: denoise("@u"), k: normOf("e.x0"), h: gradient("k.norm", "@u") },
    };
    expect(
      await counts({ z, m: normOf("z.u"), g: gradient("m.norm", "@x") }, "g.gradient"),
    ).toEqual([3, 3]);
  });
});
