import { describe, expect, test } from "vitest";
import type {
  Betas,
  PartialParametrisation,
  Prediction,
} from "../../nodes/prior/parametrisation.ts";
import type { Level } from "../../runtime/graph/values.ts";
import { float32, type Shape } from "../../runtime/tensor/tensor.ts";
import { alphaBars } from "../../nodes/prior/alpha-bars.ts";
import { gaussianNetwork, mean, posteriorMean, std, type NetworkSpec } from "./gaussian-network.ts";
import { runGraph } from "./run-nodes.ts";

const shape: Shape = [2, 1, 2, 3];
const signs = [-1.3, -0.7, -0.1, 0.2, 0.6, 1.4, 0.9, -0.4, 1.1, 0, -1, 0.5];

/** States at a level: they are as large as its noise and signal. */
const statesAt = ({ alpha, sigma }: Level) =>
  float32(
    signs.map((r) => alpha * mean + r * Math.hypot(alpha * std, sigma)),
    shape,
  );

async function denoiseWith(spec: NetworkSpec, level: Level, given?: PartialParametrisation) {
  const model = gaussianNetwork(spec);
  const x = statesAt(level);
  const { outputs, nfe } = await runGraph({
    graph: {
      p: { type: "prior/onnx", v: 1, params: { model: "g", ...(given ?? spec.asked) } },
      l: { type: "schedule/level", v: 1, params: { ...level } },
      d: { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: "l.level" } },
    },
    outputs: { x0: "d.x0", eps: "d.eps", v: "d.v", score: "d.score" },
    feeds: { x },
    models: { g: model },
    batch: 2,
  });
  return { x: [...x.data].map(Number), outputs, nfe };
}

/** Every output against the closed form; relative to the size of what it estimates. */
async function expectExact(spec: NetworkSpec, level: Level, tolerance = 1e-5) {
  const { x, outputs, nfe } = await denoiseWith(spec, level);
  const { alpha, sigma } = level;
  // An error of ε is an error of x0 that is sigma/alpha as large.
  const x0Tolerance = tolerance * Math.max(1, sigma / alpha / 5);
  expect(nfe).toBe(1);
  x.forEach((value, i) => {
    const x0 = posteriorMean(value, alpha, sigma);
    const eps = (value - alpha * x0) / sigma;
    expect(Math.abs((outputs["x0"]?.[i] ?? NaN) - x0), "x0").toBeLessThan(x0Tolerance);
    // Where there is little noise, ε is a small difference over a small number.
    const epsTolerance = tolerance * (1 + (0.02 * alpha) / sigma);
    expect(Math.abs((outputs["eps"]?.[i] ?? NaN) - eps), "eps").toBeLessThan(epsTolerance);
    expect(Math.abs((outputs["v"]?.[i] ?? NaN) - (alpha * eps - sigma * x0)), "v").toBeLessThan(
      epsTolerance * alpha + x0Tolerance * sigma,
    );
    expect(Math.abs((outputs["score"]?.[i] ?? NaN) + eps / sigma), "score").toBeLessThan(
      epsTolerance / sigma,
    );
  });
}

const table = alphaBars({ kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 });
const vp = (t: number): Level => {
  const bar = table[t] ?? 0;
  return { alpha: Math.sqrt(bar), sigma: Math.sqrt(1 - bar) };
};
const ve = (sigma: number): Level => ({ alpha: 1, sigma });
const levels: readonly Level[] = [ve(0.02), ve(8), vp(500), { alpha: 0.05, sigma: 0.95 }];

type Case = [string, Omit<PartialParametrisation, "predicts">, Partial<NetworkSpec>?];
const told: readonly Case[] = [
  ["a VE network told sigma", { process: "ve", conditioning: "sigma" }],
  ["a VE network told ln(sigma)/4", { process: "ve", conditioning: "c-noise" }],
  [
    "a VE network told ln(sigma) as one number",
    { process: "ve", conditioning: "log-sigma" },
    { timeShape: [] },
  ],
  ["a continuous VP network told 999 t", { process: "vp-continuous", conditioning: "time" }],
  [
    "a continuous VP network told 1000 t",
    { process: "vp-continuous", conditioning: "time", timeScale: 1000 },
  ],
  ["a flow network whose data are at 1", { process: "flow", conditioning: "time" }],
  [
    "a flow network whose data are at 0, times 1000",
    { process: "flow", conditioning: "time", dataTime: 0, timeScale: 1000 },
  ],
];
const predictions: readonly Prediction[] = ["x0", "eps", "v", "score", "velocity", "edm"];

const makes: readonly Betas[] = [
  { kind: "cosine", offset: 0.008, maxBeta: 0.999, steps: 1000 },
  { kind: "scaled-linear", from: 8.5e-4, to: 1.2e-2, steps: 1000 },
  { kind: "table", alphaBars: [0.99, 0.7, 0.2] },
];

describe("prior/onnx gives the closed form of a Gaussian prior", () => {
  test.each(told)("through %s, whatever it predicts", async (_, asked, more = {}) => {
    for (const predicts of predictions)
      for (const level of levels)
        await expectExact({ asked: { ...asked, predicts }, shape, ...more }, level, 4e-5);
  });

  test("through a discrete VP network told an integer or a real index", async () => {
    for (const timeDtype of ["int64", "float32"] as const)
      for (const predicts of predictions)
        for (const t of [0, 20, 500, 999])
          await expectExact(
            {
              asked: { process: "vp-discrete", conditioning: "index", predicts },
              shape,
              timeDtype,
            },
            vp(t),
            4e-5,
          );
  });

  test("through discrete tables of other makes", async () => {
    for (const betas of makes) {
      const bar = alphaBars(betas)[1] ?? 0;
      const level = { alpha: Math.sqrt(bar), sigma: Math.sqrt(1 - bar) };
      await expectExact(
        {
          asked: { process: "vp-discrete", conditioning: "index", predicts: "eps", betas },
          shape,
          timeDtype: "int64",
        },
        level,
        4e-5,
      );
    }
  });

  test("through networks whose data lie in [0,1]", async () => {
    for (const predicts of predictions)
      for (const process of ["ve", "flow"] as const)
        await expectExact(
          {
            asked: {
              process,
              conditioning: process === "ve" ? "sigma" : "time",
              predicts,
              dataRange: [0, 1],
            },
            shape,
          },
          { alpha: 0.8, sigma: 0.3 },
          2e-5,
        );
  });
});

test("at an index between two entries of the table the nearest is asked", async () => {
  const asked = { process: "vp-discrete", conditioning: "index", predicts: "eps" } as const;
  const [a, b] = [vp(500), vp(501)];
  const between = { alpha: a.alpha * 0.8 + b.alpha * 0.2, sigma: a.sigma * 0.8 + b.sigma * 0.2 };
  const { x, outputs } = await denoiseWith({ asked, shape, timeDtype: "int64" }, between);
  x.forEach((value, i) =>
    expect(outputs["x0"]?.[i]).toBeCloseTo(posteriorMean(value, between.alpha, between.sigma), 2),
  );
});

test("the learned variance is the second half of the channels, and one more call is not made", async () => {
  const asked = { process: "ve", conditioning: "sigma", predicts: "eps" } as const;
  const model = gaussianNetwork({ asked, shape, learnedVariance: true });
  const { outputs, nfe } = await runGraph({
    graph: {
      p: { type: "prior/onnx", v: 1, params: { model: "g", ...asked } },
      l: { type: "schedule/level", v: 1, params: { sigma: 0.5 } },
      d: { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: "l.level" } },
    },
    outputs: { variance: "d.variance", x0: "d.x0" },
    feeds: { x: statesAt(ve(0.5)) },
    models: { g: model },
    batch: 2,
  });
  expect(nfe).toBe(1);
  expect(outputs["variance"]).toEqual(signs.map(() => 0.5));
});

describe("without noise", () => {
  test.each(predictions)("a network that predicts %s leaves x as it is", async (predicts) => {
    const { x, outputs } = await denoiseWith(
      { asked: { process: "ve", conditioning: "c-noise", predicts }, shape },
      { alpha: 0.5, sigma: 0 },
    );
    x.forEach((value, i) => expect(outputs["x0"]?.[i]).toBeCloseTo(value / 0.5, 6));
    expect(outputs["eps"]?.every((value) => value === 0)).toBe(true);
    expect(outputs["score"]?.every((value) => Math.abs(value) === 0)).toBe(true);
  });
});

test("without signal the answer is the mean of the data", async () => {
  for (const process of ["flow", "vp-continuous"] as const)
    for (const predicts of ["x0", "v", "velocity"] as const) {
      const { outputs } = await denoiseWith(
        { asked: { process, conditioning: "time", predicts }, shape },
        { alpha: 0, sigma: 1 },
      );
      outputs["x0"]?.forEach((value) => expect(value).toBeCloseTo(mean, 2));
    }
});

test("above the range that it was trained for, the network sees x scaled to its highest level", async () => {
  const asked = {
    process: "ve",
    conditioning: "sigma",
    predicts: "x0",
    sigmaRange: [0.01, 5],
  } as const;
  const { x, outputs } = await denoiseWith(
    { asked: { ...asked, sigmaRange: [0.01, 5] }, shape },
    ve(20),
  );
  x.forEach((value, i) =>
    expect(outputs["x0"]?.[i]).toBeCloseTo(posteriorMean(value / 4, 1, 5), 5),
  );
});

test("bounds on x0 hold, and eps is the noise that is then left", async () => {
  const asked: NetworkSpec["asked"] = {
    process: "ve",
    conditioning: "sigma",
    predicts: "eps",
    clamp: [-0.1, 0.4],
  };
  const { x, outputs } = await denoiseWith({ asked, shape }, ve(0.5));
  x.forEach((value, i) => {
    const x0 = Math.min(Math.max(posteriorMean(value, 1, 0.5), -0.1), 0.4);
    expect(outputs["x0"]?.[i]).toBeCloseTo(x0, 5);
    expect(outputs["eps"]?.[i]).toBeCloseTo((value - x0) / 0.5, 5);
  });
});

const sigmaToEps = { process: "ve", conditioning: "sigma", predicts: "eps" } as const;

test("what nobody says is asked for by name", async () => {
  const said = { predicts: "eps" } as const;
  await expect(denoiseWith({ asked: sigmaToEps, shape }, ve(1), said)).rejects.toThrow(
    /which noise process it was trained on, nor what it is told about the noise/,
  );
});

describe("a card", () => {
  const withCard = (card: unknown, params: object = {}) =>
    runGraph({
      graph: {
        p: { type: "prior/onnx", v: 1, params: { model: "g", ...params } },
        l: { type: "schedule/level", v: 1, params: { sigma: 0.5 } },
        d: { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: "l.level" } },
      },
      outputs: { x0: "d.x0" },
      feeds: { x: statesAt(ve(0.5)) },
      models: { g: { ...gaussianNetwork({ asked: sigmaToEps, shape }), card } },
      batch: 2,
    });

  test("says how its network is asked, and params win over it", async () => {
    const { outputs } = await withCard({ name: "g", denoodle: sigmaToEps });
    const wrong = { ...sigmaToEps, predicts: "x0" };
    expect((await withCard({ denoodle: wrong }, { predicts: "eps" })).outputs).toEqual(outputs);
    expect((await withCard({ denoodle: wrong })).outputs).not.toEqual(outputs);
  });

  test("bounds the shapes that are taken", async () => {
    await expect(withCard({ denoodle: { ...sigmaToEps, multipleOf: 4 } })).rejects.toThrow(
      "The network takes sizes that are multiples of 4, got 2 x 3.",
    );
  });

  test("with a field that is wrong is refused by that field's name", async () => {
    await expect(withCard({ denoodle: { ...sigmaToEps, predicts: "noise" } })).rejects.toThrow(
      /The card of gaussian, denoodle\.predicts: /,
    );
  });
});
