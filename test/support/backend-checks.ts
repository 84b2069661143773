import type { Backend } from "../../runtime/execute/backend.ts";
import { type TensorData, float32, int64 } from "../../runtime/tensor/tensor.ts";
import { tinyModel } from "./tiny-models.ts";

const image = [1, 3, 16, 16] as const;

/** x → a convolution of its squares with w, shifted by `mask`; and the mean of that. */
const convolution = tinyModel({
  inputs: [
    ["x", "float32", image],
    ["w", "float32", [3, 3, 3, 3]],
    ["mask", "bool", [16]],
  ],
  outputs: [
    ["y", "float32", image],
    ["mean", "float32", []],
  ],
  nodes: [
    ["Mul", ["x", "x"], ["xx"]],
    ["Conv", ["xx", "w"], ["c"], { pads: [1, 1, 1, 1] }],
    ["Tanh", ["c"], ["t"]],
    ["Where", ["mask", "t", "x"], ["y"]],
    ["ReduceMean", ["y"], ["mean"], { keepdims: 0 }],
  ],
});

/** One row of a table, chosen by an int64 index. */
const lookUp = tinyModel({
  inputs: [
    ["table", "float32", [4, 3]],
    ["index", "int64", [2]],
  ],
  outputs: [
    ["row", "float32", [2, 3]],
    ["same", "int64", [2]],
  ],
  nodes: [
    ["Gather", ["table", "index"], ["row"], { axis: 0 }],
    ["Add", ["index", "index"], ["same"]],
  ],
});

/** x → d x, and the largest of it: a step whose output is the next step's input. */
const step = tinyModel({
  inputs: [
    ["x", "float32", [1, 3, 256, 256]],
    ["d", "float32", []],
  ],
  outputs: [
    ["next", "float32", [1, 3, 256, 256]],
    ["largest", "float32", []],
  ],
  nodes: [
    ["Mul", ["x", "d"], ["next"]],
    ["ReduceMax", ["next"], ["largest"], { keepdims: 0 }],
  ],
});

/** What a backend computed, as plain numbers: comparable between hosts. */
export type Numbers = Readonly<Record<string, readonly number[]>>;

/** Values that are the same everywhere without a generator. */
function wave(size: number, shape: readonly number[]): TensorData {
  return float32(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 0.37) * 0.8),
    shape,
  );
}

function numbers({ data }: TensorData): readonly number[] {
  return Array.from(data, Number);
}

/** Runs the models once each: numbers that every backend must agree on. */
export async function computeEverywhere(backend: Backend): Promise<Numbers> {
  const conv = await backend.createSession(convolution, { hostOutputs: ["mean"] });
  const x = await backend.place(wave(768, image));
  const w = backend.upload(wave(81, [3, 3, 3, 3]));
  const half = Uint8Array.from({ length: 16 }, (_, i) => i % 2);
  const mask = backend.upload({ dtype: "bool", shape: [16], data: half });
  const first = await conv.run({ x, w, mask });
  const again = await conv.run({ x: out(first, "y"), w, mask }, ["mean"]);
  const gather = await backend.createSession(lookUp);
  const table = backend.upload(wave(12, [4, 3]));
  const picked = await gather.run({ table, index: backend.upload(int64([2, 0])) });
  const result = {
    placed: numbers(await backend.download(x)),
    y: numbers(await backend.download(out(first, "y"))),
    mean: numbers(await backend.download(out(first, "mean"))),
    meanAgain: numbers(await backend.download(out(again, "mean"))),
    row: numbers(await backend.download(out(picked, "row"))),
    same: numbers(await backend.download(out(picked, "same"))),
    fetched: [Object.keys(again).length],
  };
  await Promise.all([conv.release(), gather.release()]);
  return result;
}

/** `steps` runs, each fed with the tensor that the one before returned, nothing read but the largest element. */
export async function chain(backend: Backend, steps: number): Promise<number> {
  const session = await backend.createSession(step, { hostOutputs: ["largest"] });
  const d = backend.upload(float32([0.999], []));
  let x = await backend.place(wave(196608, [1, 3, 256, 256]));
  let largest = Number.NaN;
  for (let i = 0; i < steps; i += 1) {
    const outputs = await session.run({ x, d });
    x.dispose();
    x = out(outputs, "next");
    largest = Number((await backend.download(out(outputs, "largest"))).data[0]);
    out(outputs, "largest").dispose();
  }
  x.dispose();
  await session.release();
  return largest;
}

/** The largest absolute difference between two results; throws where their shapes differ. */
export function largestDifference(a: Numbers, b: Numbers): number {
  const names = Object.keys(a);
  const differences = names.map((name) => {
    const [u, v] = [a[name] ?? [], b[name] ?? []];
    if (u.length !== v.length || u.length === 0)
      throw new RangeError(`largestDifference: ${name} has ${u.length} and ${v.length} values`);
    return Math.max(...u.map((value, i) => Math.abs(value - (v[i] ?? Number.NaN))));
  });
  return Math.max(...differences);
}

function out<T>(outputs: Readonly<Record<string, T>>, name: string): T {
  const tensor = outputs[name];
  if (tensor === undefined) throw new Error(`the run returned no ${name}`);
  return tensor;
}
