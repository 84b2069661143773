import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { vjpProgram } from "../autodiff/vjp-program.ts";
import type { Program } from "../ir/program.ts";
import { writeModel } from "../onnx/write-model.ts";
import { float32, sizeOf, type Shape } from "../tensor/tensor.ts";
import { add } from "../trace/math.ts";
import { createRecorder } from "../trace/recorder.ts";
import { lowerProgram } from "../trace/lower.ts";
import { mappedLoader } from "./ort-mapped-node.ts";

const wave = (shape: Shape) =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i)),
    shape,
  );

/** Convolutions of 0.1 to 0.6 MB of weights (whole, in groups, of stride 2, 1x1) and their input's gradient. */
function gradient(): Program {
  const recorder = createRecorder();
  const conv = (x: ReturnType<typeof recorder.input>, weight: Shape, group = 1, stride = 1) => {
    const pad = ((weight[2] ?? 1) - 1) / 2;
    return recorder.op("Conv", [x, recorder.constant(wave(weight)), null], {
      strides: [stride, stride],
      dilations: [1, 1],
      pads: [pad, pad, pad, pad],
      group,
    });
  };
  const x = recorder.input({ dtype: "float32", shape: [1, 128, 6, 6] });
  const whole = conv(x, [128, 128, 3, 3]);
  const grouped = conv(whole, [256, 64, 3, 3], 2);
  const halved = conv(grouped, [128, 256, 3, 3], 1, 2);
  const mixed = conv(halved, [256, 128, 1, 1]);
  const shifted = add(recorder, mixed, recorder.constant(wave([1, 256, 1, 1])));
  return lowerProgram(vjpProgram(recorder.finish([shifted, recorder.constant(wave([200, 100]))])));
}

const program = gradient();
const names = { inputNames: ["w0", "ww", "x"], outputNames: ["y", "weight", "dx"] };
const options = { executionProviders: ["cpu"], intraOpNumThreads: 1 };

async function outputsOf(session: ort.InferenceSession) {
  const feeds = program.inputs.map(({ shape }, i) => [
    names.inputNames[i],
    new ort.Tensor("float32", wave(shape).data, shape),
  ]);
  const made = await session.run(Object.fromEntries(feeds));
  await session.release();
  return names.outputNames.map((name) => made[name]?.data);
}

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "denoodle-test-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a model gives the same bits from a mapped file as from memory, and the file does not stay", async () => {
  vi.stubEnv("TMPDIR", folder);
  const mapped = await mappedLoader(ort, 1)({ program, ...names }, options);
  if (mapped === null) throw new Error("the model was not mapped");
  expect(readdirSync(folder).filter((name) => name.startsWith("denoodle-"))).toEqual([]);
  const held = await ort.InferenceSession.create(writeModel(program, names), options);
  expect(mapped.inputNames).toEqual(held.inputNames);
  expect(await outputsOf(mapped)).toEqual(await outputsOf(held));
});

test("a model is left to be loaded from memory where it is small or there is no room for a file", async () => {
  expect(await mappedLoader(ort)({ program, ...names }, options)).toBe(null);
  vi.stubEnv("TMPDIR", join(folder, "missing"));
  expect(await mappedLoader(ort, 1)({ program, ...names }, options)).toBe(null);
});
