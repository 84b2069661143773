import * as ort from "onnxruntime-node";
import { afterAll, expect, test } from "vitest";
import { IssueError } from "../base/issue.ts";
import { float32 } from "../tensor/tensor.ts";
import { add, mul } from "../trace/math.ts";
import { createRecorder } from "../trace/recorder.ts";
import { memoryNeeded } from "./memory-needed.ts";
import { OrtBackend } from "./ort-backend.ts";

/** Σᵢ (x + w)ᵏ for k = 1, 2, 4, each of 1000 numbers; all powers but the last are made before any is added. */
function powers() {
  const recorder = createRecorder();
  const x = recorder.input({ dtype: "float32", shape: [1000] });
  const first = add(recorder, x, recorder.constant(float32(new Float32Array(1000), [1000])));
  const second = mul(recorder, first, first);
  const fourth = mul(recorder, second, second);
  return recorder.finish([add(recorder, add(recorder, first, second), fourth)]);
}

const model = { program: powers(), inputNames: ["x"], outputNames: ["y"] };

const bounded = (bytes: number, holdsTensors: boolean) =>
  new OrtBackend({
    ort,
    id: "cpu",
    chosen: "",
    options: { executionProviders: ["cpu"] },
    deviceOutputs: false,
    oneCallAtATime: false,
    memory: { bytes, of: "Its memory", holdsTensors },
  });
const open: OrtBackend[] = [];
afterAll(() => Promise.all(open.map((backend) => backend.close())));

async function load(bytes: number, holdsTensors: boolean) {
  const backend = bounded(bytes, holdsTensors);
  open.push(backend);
  return backend.createSession(model).then(
    () => "loaded",
    (error: unknown) => {
      if (error instanceof IssueError) return error.issues[0];
      throw error;
    },
  );
}

test("what a program needs is its weights, and the most tensors that live at one time", () => {
  // x, and the three powers
  expect(memoryNeeded(model.program)).toEqual({ weights: 4000, tensors: 16_000 });
});

test("a model is refused where its weights, or they and its tensors, cannot fit", async () => {
  expect(await load(20_000, true)).toBe("loaded");
  expect(await load(19_999, true)).toMatchObject({
    code: "backend.memory",
    message:
      "This model has 0.00000400 GB of weights and 0.0000160 GB of tensors at one time, which takes at least 0.0000200 GB of memory to load and run; Its memory ends at 0.0000200 GB.",
  });
  expect(await load(8000, false)).toBe("loaded");
  expect(await load(7999, false)).toMatchObject({
    code: "backend.memory",
    message: expect.stringContaining("0.00000400 GB of weights, which takes at least 0.00000800"),
  });
});
