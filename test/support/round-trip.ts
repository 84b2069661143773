import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { importModel, type ImportOptions } from "../../runtime/onnx/import-model.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { numbersOf, tensorOf } from "../../runtime/onnx/proto/numbers.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import type { DType, Shape, TensorData } from "../../runtime/tensor/tensor.ts";

export type Tensors = Readonly<Record<string, TensorData>>;

const { backend } = await createNodeBackend("cpu", { threads: 1 });

/** What onnxruntime makes of a model; feeds that it does not take are left out. */
export async function runModel(bytes: Uint8Array, feeds: Tensors): Promise<Tensors> {
  const session = await backend.createSession(bytes);
  const given = session.inputs.flatMap((name) => {
    const feed = feeds[name];
    return feed === undefined ? [] : [[name, backend.upload(feed)] as const];
  });
  const results = await session.run(Object.fromEntries(given));
  const downloads = Object.entries(results).map(async ([name, tensor]) => {
    const { dtype, shape, data } = await backend.download(tensor);
    return [name, { dtype, shape, data: data.slice() } as TensorData] as const;
  });
  const tensors = await Promise.all(downloads);
  await session.release();
  return Object.fromEntries(tensors);
}

/** The file that importing and writing makes of a model, and its program. */
export function rewrite(bytes: Uint8Array, options: ImportOptions) {
  const imported = importModel(readModel(bytes), options);
  return { ...imported, bytes: writeModel(imported.program, imported) };
}

export interface Difference {
  /** Largest |a - b| / max(1, |a|) over all outputs; infinite where types or shapes differ. */
  readonly largest: number;
  readonly detail: string;
}

/** How far the rewritten model is from the original one on `feeds`. */
export async function roundTripDifference(
  bytes: Uint8Array,
  feeds: Tensors,
  ints: ImportOptions["ints"] = {},
): Promise<Difference> {
  const shapes = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape }]) => [name, shape]),
  );
  const made = rewrite(bytes, { shapes, ints });
  const before = await runModel(bytes, feeds);
  const after = await runModel(made.bytes, feeds);
  const differences = Object.entries(before).map(([name, result]) =>
    differenceOf(name, result, after[name]),
  );
  return differences.reduce((worst, d) => (d.largest > worst.largest ? d : worst), {
    largest: 0,
    detail: "",
  });
}

function differenceOf(name: string, a: TensorData, b: TensorData | undefined): Difference {
  if (b === undefined) return { largest: Infinity, detail: `${name} is missing` };
  const types = `${a.dtype}[${a.shape.join(",")}] and ${b.dtype}[${b.shape.join(",")}]`;
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join())
    return { largest: Infinity, detail: `${name}: ${types}` };
  const before = numbersOf(a) ?? [];
  const after = numbersOf(b) ?? [];
  const largest = before.reduce(
    (worst, value, i) => Math.max(worst, apart(value, after[i] ?? NaN)),
    0,
  );
  return {
    largest,
    detail: `${name}: ${types}, ${before.slice(0, 8).join(" ")} and ${after.slice(0, 8).join(" ")}`,
  };
}

function apart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const distance = Math.abs(a - b) / Math.max(1, Math.abs(a));
  return Number.isNaN(distance) ? Infinity : distance;
}

/** Numbers that look random, between -limit and limit, the same every time. */
export function wave(shape: Shape, limit = 1.5, dtype: DType = "float32"): TensorData {
  const size = shape.reduce((product, d) => product * d, 1);
  return tensorOf(
    dtype,
    shape,
    Array.from({ length: size }, (_, i) => limit * Math.sin(12.9898 * i + 1)),
  );
}

/** Integers 0, 1, … modulo `modulus`. */
export function counting(shape: Shape, modulus: number, dtype: DType = "int64"): TensorData {
  const size = shape.reduce((product, d) => product * d, 1);
  return tensorOf(
    dtype,
    shape,
    Array.from({ length: size }, (_, i) => i % modulus),
  );
}
