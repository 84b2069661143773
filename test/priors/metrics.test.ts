import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readNpz } from "../../runtime/tensor/npz.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { runGraph } from "./run-nodes.ts";

const here = (name: string) => readFileSync(new URL(name, import.meta.url));
const pictures = readNpz(here("pictures.npz"));
const reference = JSON.parse(here("pictures.json").toString()) as Readonly<
  Record<string, readonly number[]>
>;

const graph = {
  mse: { type: "metric/mse", v: 1, in: { x: "@x", groundTruth: "@groundTruth" } },
  psnr: { type: "metric/psnr", v: 1, in: { x: "@x", groundTruth: "@groundTruth" } },
  ssim: { type: "metric/ssim", v: 1, in: { x: "@x", groundTruth: "@groundTruth" } },
  half: { type: "operator/average", v: 1, params: { factor: 2 } },
  r: {
    type: "metric/residual",
    v: 1,
    params: { noiseStd: 0.05 },
    in: { operator: "half.operator", x: "@x", measurement: "@measurement" },
  },
};
const outputs = {
  mse: "mse.mse",
  psnr: "psnr.psnr",
  ssim: "ssim.ssim",
  residual: "r.residual",
  norm: "r.norm",
};

test("every metric agrees with NumPy in float64, one number a sample", async () => {
  const result = await runGraph({ graph, outputs, feeds: pictures, batch: 2 });
  for (const [name, values] of Object.entries(reference)) {
    expect(result.outputs[name], name).toHaveLength(2);
    result.outputs[name]?.forEach((value, i) =>
      expect(Math.abs(value / (values[i] ?? NaN) - 1), name).toBeLessThan(2e-5),
    );
  }
});

test("equal pictures give 120 dB and an SSIM of 1", async () => {
  const x = pictures["groundTruth"] as TensorData;
  const { psnr, ssim } = graph;
  const result = await runGraph({
    graph: { psnr, ssim },
    outputs: { psnr: "psnr.psnr", ssim: "ssim.ssim" },
    feeds: { x, groundTruth: x },
    batch: 2,
  });
  result.outputs["psnr"]?.forEach((value) => expect(value).toBeCloseTo(120, 3));
  result.outputs["ssim"]?.forEach((value) => expect(value).toBeCloseTo(1, 5));
});

test("a picture smaller than the window is refused with a sentence", async () => {
  const x = float32(new Float32Array(64), [1, 1, 8, 8]);
  await expect(
    runGraph({
      graph: { ssim: graph.ssim },
      outputs: { ssim: "ssim.ssim" },
      feeds: { x, groundTruth: x },
    }),
  ).rejects.toThrow(/at least 11 pixels along every spatial axis, got \[1,8,8\]/);
});
