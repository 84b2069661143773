import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { readNpz } from "../../runtime/tensor/npz.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { runGraph } from "./run-nodes.ts";

const here = (name: string) => new Uint8Array(readFileSync(new URL(name, import.meta.url)));
const bytes = here("../golden/priors/toy_gray28.onnx");
const toy: ModelAsset = {
  name: "toy_gray28",
  bytes,
  sha256: createHash("sha256").update(bytes).digest("hex"),
  card: null,
};
const stored = readNpz(here("toy-gray28.npz"));

/** Row `i` of a stored array, as float64 and as a batch of one. */
function row(name: string, i: number) {
  const data = stored[name]?.data as Float32Array;
  const size = data.length / 2;
  const values = data.slice(i * size, (i + 1) * size);
  return {
    values: [...values],
    tensor: float32(values, [1, ...(stored[name]?.shape.slice(1) ?? [])]),
  };
}

const largest = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);

const graph = (level: object, more: object = {}) => ({
  p: { type: "prior/onnx", v: 1, params: { model: "toy" } },
  l: { type: "schedule/level", v: 1, params: level },
  d: { type: "prior/denoise", v: 1, in: { prior: "p.prior", x: "@x", level: "l.level", ...more } },
});

const denoise = (x: TensorData, level: object) =>
  runGraph({
    graph: graph(level),
    outputs: { x0: "d.x0", eps: "d.eps" },
    feeds: { x },
    models: { toy },
  });

describe("the toy prior of the golden cases", () => {
  test.each([0, 1])(
    "gives its stored x0 as it is, and from a variance preserving state (row %i)",
    async (i) => {
      const [x, x0] = [row("x", i), row("x0", i)];
      const sigma = stored["sigma"]?.data[i] as number;
      const plain = await denoise(x.tensor, { alpha: 1, sigma });
      expect(plain.nfe).toBe(1);
      expect(largest(plain.outputs["x0"] ?? [], x0.values)).toBeLessThan(1e-5);
      const root = Math.hypot(1, sigma);
      const scaled = float32(
        x.values.map((v) => v / root),
        x.tensor.shape,
      );
      const vp = await denoise(scaled, { alpha: 1 / root, sigma: sigma / root });
      expect(largest(vp.outputs["x0"] ?? [], x0.values)).toBeLessThan(1e-5);
      const eps = x.values.map((v, j) => (v - (x0.values[j] ?? NaN)) / sigma);
      expect(largest(vp.outputs["eps"] ?? [], eps)).toBeLessThan(2e-5 / Math.min(1, sigma));
    },
  );

  test("differentiates as its stored vector-Jacobian product", async () => {
    const [x, cotangent, vjp] = [row("x", 1), row("cotangent", 1), row("vjp", 1)];
    const sigma = stored["sigma"]?.data[1] as number;
    const { outputs } = await runGraph({
      graph: {
        ...graph({ sigma }),
        g: { type: "gradient/vjp", v: 1, in: { of: "d.x0", wrt: "@x", cotangent: "@c" } },
      },
      outputs: { g: "g.gradient" },
      feeds: { x: x.tensor, c: cotangent.tensor },
      models: { toy },
    });
    expect(largest(outputs["g"] ?? [], vjp.values)).toBeLessThan(2e-5);
  });
});

test("with a condition the network is asked there, and its eps is used at the sampler's level", async () => {
  const x = row("x", 1);
  const [alpha, sigma, a] = [0.8, 0.6, 0.61];
  const root = Math.sqrt(a);
  const s = Math.sqrt((1 - a) / a);
  const scaled = float32(
    x.values.map((v) => v / root),
    x.tensor.shape,
  );
  const reference = await denoise(scaled, { alpha: 1, sigma: s });
  const eps = x.values.map((v, i) => (v / root - (reference.outputs["x0"]?.[i] ?? NaN)) / s);
  const conditioned = await runGraph({
    graph: {
      ...graph({ alpha, sigma }, { condition: "c.level" }),
      c: { type: "schedule/level", v: 1, params: { alpha: root, sigma: Math.sqrt(1 - a) } },
    },
    outputs: { x0: "d.x0", eps: "d.eps" },
    feeds: { x: x.tensor },
    models: { toy },
  });
  expect(conditioned.nfe).toBe(1);
  expect(largest(conditioned.outputs["eps"] ?? [], eps)).toBeLessThan(2e-5);
  const x0 = x.values.map((v, i) => (v - sigma * (eps[i] ?? NaN)) / alpha);
  expect(largest(conditioned.outputs["x0"] ?? [], x0)).toBeLessThan(2e-5);
});

test("a signal of the wrong shape is refused with a sentence", async () => {
  await expect(
    denoise(float32(new Float32Array(3 * 64), [1, 3, 8, 8]), { sigma: 1 }),
  ).rejects.toThrow(/takes 1 channel, the signal \[3,8,8\] has 3/);
});
