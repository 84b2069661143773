import { describe, expect, test } from "vitest";
import {
  compiled,
  issuesOf,
  numbers,
  runSketch,
  tensorFeed,
  type Sketch,
} from "../../test/engine/kit.ts";
import { fillNormals } from "../../runtime/execute/noise/fill-normals.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";

const side = 100;
const size = side ** 2;
const flat = (value: number) => float32(new Float32Array(size).fill(value), [1, 1, side, side]);

/** Every pixel measured, of a picture that has `value` everywhere. */
const sketch = (value: number, params: object): Sketch => ({
  graph: {
    all: { type: "operator/box-inpainting", v: 1, params: { height: 0, width: 0 } },
    bind: { type: "operator/in-space", v: 1, in: { operator: "all.operator", space: "@x" } },
    measure: { type: "operator/measure", v: 1, params, in: { operator: "bind.operator", x: "@x" } },
  },
  outputs: { y: "measure.y" },
  feeds: { x: tensorFeed(flat(value)) },
});

async function measured(value: number, params: object, seed = 1) {
  const y = numbers(await runSketch(sketch(value, params), { seed }), "y");
  const mean = y.reduce((a, b) => a + b, 0) / size;
  return { y, mean, variance: y.reduce((a, b) => a + (b - mean) ** 2, 0) / size };
}

describe("operator/measure", () => {
  test("adds Gaussian noise of its own stream, unless told otherwise", async () => {
    const normals = new Float32Array(size);
    fillNormals(normals, { seed: 1, stream: "measure", sample: 0, indices: [] });
    const { y } = await measured(0.25, { noiseStd: 0.1 });
    const std = Math.fround(0.1);
    y.forEach((v, i) => expect(v).toBe(Math.fround(0.25 + Math.fround(normals[i]! * std))));
  });

  test.each([
    // Mean number of photons: peak (v - dark)/(1 - dark).
    [0.2, { peak: 10 }, 6, 0.2],
    [0.2, { peak: 1000 }, 600, 2e-3],
    [-0.9, { peak: 10 }, 0.5, 0.2],
    [0.5, { peak: 20, dark: 0 }, 10, 0.05],
    [3, { peak: 20, dark: 0 }, 60, 0.05],
  ])(
    "counts photons of a value %d with %j: %d on average, each worth %d",
    async (value, params, photons, worth) => {
      const { y, mean, variance } = await measured(value, { noise: "poisson", ...params });
      const dark = "dark" in params ? params.dark : -1;
      expect(Math.abs(mean - value)).toBeLessThan(5 * worth * Math.sqrt(photons / size));
      expect(variance / (worth ** 2 * photons)).toBeCloseTo(1, 1);
      for (const v of y.slice(0, 100)) {
        const count = (v - dark) / worth;
        expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-3);
      }
    },
  );

  test("is dark, without noise, where there is no light", async () => {
    const { y } = await measured(-1.5, { noise: "poisson", peak: 30 });
    expect(new Set(y)).toEqual(new Set([-1]));
  });

  test("adds the noise of reading out to the counts when mixed", async () => {
    const params = { peak: 50, noiseStd: 0.3 };
    const { variance } = await measured(0, { noise: "mixed", ...params });
    expect(variance).toBeGreaterThan(0.95 * (25 / 25 ** 2 + 0.09));
    expect(variance).toBeLessThan(1.05 * (25 / 25 ** 2 + 0.09));
  });

  test("counts the same photons again from the same seed", async () => {
    const params = { noise: "poisson", peak: 20 };
    const [{ y }, again, other] = [
      await measured(0.1, params),
      await measured(0.1, params),
      await measured(0.1, params, 2),
    ];
    expect(again.y).toEqual(y);
    expect(other.y).not.toEqual(y);
  });

  test("refuses a gradient through counts", async () => {
    const { graph, ...rest } = sketch(0, { noise: "poisson" });
    const more = {
      norm: { type: "math/norm", v: 1, in: { x: "measure.y" } },
      g: { type: "gradient/of", v: 1, in: { of: "norm.norm", wrt: "@x" } },
    };
    const [issue] = await issuesOf(() => compiled({ ...rest, graph: { ...graph, ...more } }));
    expect(issue).toMatchObject({ code: "gradient.opaque", at: { node: "g" } });
  });
});
