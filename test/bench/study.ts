import { readFileSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): Document => {
  const { document, issues } = readDocument(readFileSync(path.join(root, file), "utf8"));
  if (document === null) throw new Error(issues.map((i) => i.message).join("\n"));
  return document;
};
const priors = process.env["PRIORS"] ?? path.join(root, "models");
const bytes = readFileSync(path.join(priors, "fashion28.onnx"));
const card: unknown = JSON.parse(readFileSync(path.join(priors, "fashion28.json"), "utf8"));
const model = { name: "fashion28", bytes, card, sha256: createHash("sha256").update(bytes).digest("hex") };
const all = readNpy(readFileSync(process.env["IMAGES"] ?? path.join(root, "graphs/assets/fashion_test64.npy")));
const count = 16;
const values = Float32Array.from((all.data as Float32Array).subarray(0, count * 784), Number);
console.log(all.dtype, all.shape, Math.min(...values), Math.max(...values));
const unit = Math.max(...values) > 2 ? values.map((v) => (2 * v) / 255 - 1) : values;
const images: TensorData = { dtype: "float32", shape: [count, 1, 28, 28], data: unit };

const tasks: Record<string, { file: string; operator: Feed }> = {
  box: { file: "box-inpainting-28", operator: { kind: "node", type: "operator/box-inpainting", params: { height: 12, width: 12 } } },
  random: { file: "random-inpainting-28", operator: { kind: "node", type: "operator/random-inpainting", params: { missing: 0.7, seed: 1 } } },
  SR2: { file: "super-resolution-x4-28", operator: { kind: "node", type: "operator/average", params: { factor: 2 } } },
  SR4: { file: "super-resolution-x4-28", operator: { kind: "node", type: "operator/average", params: { factor: 4 } } },
  blur: { file: "gaussian-deblurring-28", operator: { kind: "node", type: "operator/gaussian-blur", params: { std: 1.5 } } },
};
const number = (value: number): Feed => ({ kind: "number", value });
const settings: Record<string, Record<string, Feed>> = {
  "MO* T=20": { T: number(20) },
  "MO* T=50": { T: number(50) },
  "nu=0 T=50": { T: number(50), temperature: number(0), tied: number(0), sigmaMin: number(0.1) },
  "literal 1e-3": { T: number(50), literal: number(1) },
};
const target: Record<string, number[]> = {
  "MO* T=20": [23.54, 20.75, 23.38, 18.86, 22.91], "MO* T=50": [23.8, 22.1, 23.65, 19.27, 23.31],
  "nu=0 T=50": [23.35, 21.71, 23.6, 19.27, 22.95], "literal 1e-3": [12.04, 9.43, 9.1, 8.1, 10.79],
};

const { backend } = await createNodeBackend("cpu");
const sessions = createSessionCache(backend);
const psnr = (a: Float32Array, b: Float32Array) => {
  let sum = 0;
  for (let n = 0; n < count; n += 1) {
    let mse = 0;
    for (let i = n * 784; i < (n + 1) * 784; i += 1)
      mse += ((Math.min(1, Math.max(-1, a[i] ?? 0)) - (b[i] ?? 0)) / 2) ** 2 / 784;
    sum += -10 * Math.log10(mse);
  }
  return sum / count;
};
const document = read("graphs/samplers/dps-mo.json");
for (const [name, given] of Object.entries(settings)) {
  const row: string[] = [];
  for (const [i, [task, { file, operator }]] of Object.entries(tasks).entries()) {
    const { T, sigmaMin, ...slots } = given;
    const steps = (T as { value: number }).value;
    const schedule: Feed = { kind: "node", type: "schedule/poly", params: { steps, sigmaMax: 10, sigmaMin: (sigmaMin as { value?: number } | undefined)?.value ?? 0.05 } };
    const inner = task === "blur" && name.startsWith("MO") ? { innerSteps: number(60) } : {};
    const compiled = compile({
      document, task: read(`graphs/tasks/${file}.json`), batch: count, registry,
      feeds: { image: { kind: "tensor", data: images }, operator, schedule, ...slots, ...inner },
      assets: { tensors: new Map([["fashion_0.png", images]]), models: new Map([["fashion28", model], ["photo64", model]]) },
    });
    let total = 0;
    const seeds = process.env["SEEDS"] ? Number(process.env["SEEDS"]) : 1;
    const begun = performance.now();
    for (let seed = 0; seed < seeds; seed += 1)
      for await (const event of run(compiled, { backend, noise: philoxNoise(seed), seed, clock: () => performance.now(), sessions }))
        if (event.type === "done") total += psnr((event.outputs["x0"] as TensorData).data as Float32Array, unit);
    const mean = total / seeds;
    row.push(`${task} ${mean.toFixed(2)} (${(mean - (target[name]?.[i] ?? Number.NaN)).toFixed(2)}) ${((performance.now() - begun) / 1000).toFixed(1)}s`);
  }
  console.log(name.padEnd(14), row.join("  "));
}
