import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyModel } from "../../test/support/tiny-models.ts";
import { type TensorData, float32, int64, scalarTensor } from "../tensor/tensor.ts";
import type { Backend } from "./backend.ts";
import { probe } from "./ort-devices-node.ts";
import { createNodeBackend } from "./ort-node.ts";

let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu", { threads: 1 }));
});
afterAll(() => backend.close());

const square = tinyModel({
  inputs: [["x", "float32", [2]]],
  outputs: [
    ["y", "float32", [2]],
    ["sum", "float32", []],
  ],
  nodes: [
    ["Mul", ["x", "x"], ["y"]],
    ["ReduceSum", ["y"], ["sum"], { keepdims: 0 }],
  ],
});

describe("the cpu backend", () => {
  test("says in a sentence what runs where and why", () => {
    expect(backend.chosen).toBe("Running on the cpu with 1 thread: it was asked for.");
  });

  test("runs a model and feeds one run's output to the next", async () => {
    const session = await backend.createSession(square);
    const { y } = await session.run({ x: backend.upload(float32([1, 3], [2])) });
    const { sum } = await session.run({ x: y! });
    expect(await backend.download(sum!)).toEqual(scalarTensor(82));
  });

  test("copies nothing in JavaScript: arrays go in and come out as they are", async () => {
    const data = new Float32Array([1, 3]);
    const tensor = backend.upload(float32(data, [2]));
    expect((await backend.download(tensor)).data).toBe(data);
    const session = await backend.createSession(square);
    const { y } = await session.run({ x: tensor });
    const first = (await backend.download(y!)).data;
    await session.run({ x: y! });
    expect((await backend.download(y!)).data).toBe(first);
  });

  test("returns only the outputs that were asked for", async () => {
    const session = await backend.createSession(square);
    const outputs = await session.run({ x: backend.upload(float32([1, 3], [2])) }, ["sum"]);
    expect(Object.keys(outputs)).toEqual(["sum"]);
  });

  test.each<TensorData>([
    int64([9007199254740991, -2]),
    { dtype: "bool", shape: [2], data: Uint8Array.of(1, 0) },
    { dtype: "float16", shape: [1], data: Uint16Array.of(0x3c00) },
    float32([], [0, 3]),
    scalarTensor(7),
  ])("holds $dtype of shape $shape", async (data) => {
    expect(await backend.download(await backend.place(data))).toEqual(data);
  });
});

describe("errors are issues with plain sentences", () => {
  test("a feed of the wrong shape names the input and both types", async () => {
    const session = await backend.createSession(square);
    await expect(session.run({ x: backend.upload(float32([1], [1])) })).rejects.toThrow(
      'The model\'s input "x" takes float32[2], got float32[1]. [backend.feed]',
    );
  });

  test("a missing feed is named", async () => {
    const session = await backend.createSession(square);
    await expect(session.run({})).rejects.toThrow('input "x" was not fed. [backend.feed]');
  });

  test("an operator that does not exist keeps onnxruntime's error as the cause", async () => {
    const model = tinyModel({
      inputs: [["x", "float32", [1]]],
      outputs: [["y", "float32", [1]]],
      nodes: [["Frobnicate", ["x"], ["y"]]],
    });
    const error: unknown = await backend.createSession(model).catch((e: unknown) => e);
    expect(error).toMatchObject({
      issues: [{ code: "backend.model" }],
      cause: { message: expect.stringContaining("Frobnicate") },
    });
  });

  test("bytes that are no model are refused", async () => {
    await expect(backend.createSession(Uint8Array.of(1, 2, 3))).rejects.toThrow("[backend.model]");
  });

  test("a disposed tensor, another backend's tensor and a released session are misuse", async () => {
    const session = await backend.createSession(square);
    const x = backend.upload(float32([1, 3], [2]));
    x.dispose();
    x.dispose();
    await expect(session.run({ x })).rejects.toThrow(TypeError);
    const other = (await createNodeBackend("cpu")).backend;
    const foreign = other.upload(float32([1, 3], [2]));
    await expect(session.run({ x: foreign })).rejects.toThrow("belongs to another backend");
    await expect(backend.download(foreign)).rejects.toThrow("belongs to another backend");
    await session.release();
    await expect(session.run({ x: foreign })).rejects.toThrow("was released");
  });

  test("wasm is refused in Node", async () => {
    await expect(createNodeBackend("wasm")).rejects.toThrow("[backend.unavailable]");
  });
});

test("a driver that ends its process ends the probe's, not this one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-probe-"));
  const program = join(folder, "crash");
  writeFileSync(program, "#!/bin/sh\nkill -ABRT $$\n");
  chmodSync(program, 0o755);
  const found = await probe("webgpu", 1, program);
  rmSync(folder, { recursive: true });
  expect(found).toEqual({
    works: false,
    reason: "its driver ended the process that tried it (signal SIGABRT)",
  });
});

test("cuda runs where there is an NVIDIA graphics card and onnxruntime's CUDA library", async ({
  skip,
}) => {
  const found = await probe("cuda", 1);
  if (!found.works) skip(found.reason);
  const { backend: cuda } = await createNodeBackend("cuda");
  const session = await cuda.createSession(square);
  const { sum } = await session.run({ x: cuda.upload(float32([1, 3], [2])) });
  expect(await cuda.download(sum!)).toEqual(scalarTensor(10));
  await cuda.close();
});
