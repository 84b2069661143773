import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import { tapeNoise } from "../../runtime/execute/noise/tape-noise.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { run } from "../../runtime/execute/run.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { readNpz } from "../../runtime/tensor/npz.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

const root = path.resolve(import.meta.dirname, "../..");
const text = (file: string) => readFileSync(file, "utf8");

const names = z.record(z.string(), z.string());
const mappingSchema = z.array(
  z.strictObject({
    sampler: z.string(),
    variant: z.string(),
    graph: z.string(),
    schedule: z.strictObject({
      type: z.string(),
      params: names,
      fixed: z.record(z.string(), z.string()).optional(),
    }),
    slots: names,
    prior: z.record(z.string(), z.unknown()).optional(),
    streams: names,
    wires: names,
    outputs: names,
    /** Arrays with a tolerance that nothing in the graph answers to, and why. */
    unmapped: names.optional(),
  }),
);
export type Mapping = z.infer<typeof mappingSchema>[number];

const caseSchema = z.looseObject({
  id: z.string(),
  file: z.string(),
  sampler: z.string(),
  variant: z.string(),
  prior: z.string(),
  hyper_parameters: z.record(z.string(), z.unknown()),
  operator: z.looseObject({ kind: z.string() }),
  tolerance: z.record(z.string(), z.number()),
});
export type GoldenCase = z.infer<typeof caseSchema>;

/** The cases of a folder in the golden format. */
export function readManifest(folder: string): readonly GoldenCase[] {
  const manifest = z.looseObject({ cases: z.array(caseSchema) });
  return manifest.parse(JSON.parse(text(path.join(folder, "manifest.json")))).cases;
}

/** How a published sampler's parameters, draws and states map to a graph's slots, streams and wires. */
export function mappingOf({ sampler, variant }: GoldenCase): Mapping | undefined {
  const all = mappingSchema.parse(JSON.parse(text(path.join(root, "test/golden/mapping.json"))));
  return all.find((m) => m.sampler === sampler && m.variant === variant);
}

export interface Comparison {
  readonly array: string;
  readonly deviation: number;
  readonly tolerance: number;
}

/**
 * Checks that every array with a tolerance is compared, or is left out for a reason.
 *
 * @throws Error that names the others, and names in the mapping that the case has no tolerance for.
 */
export function checkMapped({ id, tolerance }: GoldenCase, mapping: Mapping): void {
  const { wires, outputs, unmapped = {} } = mapping;
  const known = [...Object.keys(wires), ...Object.keys(outputs), ...Object.keys(unmapped)];
  const forgotten = Object.keys(tolerance).filter((array) => !known.includes(array));
  if (forgotten.length > 0)
    throw new Error(`${id}: neither mapped nor unmapped with a reason: ${forgotten.join(", ")}`);
  const idle = known.filter((array) => tolerance[array] === undefined);
  if (idle.length > 0)
    throw new Error(`${id}: mapped, but without a tolerance: ${idle.join(", ")}`);
}

/** Replays one case through its graph with the authors' draws; deviations of every mapped array. */
export async function replay(
  folder: string,
  golden: GoldenCase,
  backend: Backend,
): Promise<readonly Comparison[]> {
  const mapping = mappingOf(golden);
  if (mapping === undefined) throw new Error(`no mapping for ${golden.sampler}, ${golden.variant}`);
  checkMapped(golden, mapping);
  const arrays = readNpz(readFileSync(path.join(folder, golden.file)));
  const read = readDocument(text(path.join(root, `graphs/samplers/${mapping.graph}.json`)));
  if (read.document === null) throw new Error(read.issues.map((i) => i.message).join("\n"));
  const model = loadModel(path.join(folder, "..", golden.prior));
  const compiled = compile({
    document: read.document,
    feeds: feedsOf(golden, mapping, arrays),
    batch: 1,
    registry,
    assets: { tensors: new Map(Object.entries(arrays)), models: new Map([["golden", model]]) },
  });
  const tape = Object.fromEntries(
    Object.entries(mapping.streams).map(([stream, array]) => [
      stream,
      drawsOf(arrays, array, golden),
    ]),
  );
  const noise = tapeNoise(tape, null);
  const wires = new Map(Object.entries(mapping.wires).map(([array, wire]) => [wire, array]));
  const seen = new Map<string, TensorData[]>();
  let outputs: Readonly<Record<string, Result>> = {};
  const control = createRunControl([...wires.keys()]);
  for await (const event of run(compiled, {
    backend,
    noise,
    seed: 0,
    clock: () => performance.now(),
    control,
  })) {
    if (event.type === "warning") throw new Error(event.issue.message);
    if (event.type === "probe")
      seen.set(event.wire, [...(seen.get(event.wire) ?? []), event.tensor]);
    if (event.type === "done") outputs = event.outputs;
  }
  const found = [...wires].map(([wire, array]) =>
    compare(golden, { array, parts: seen.get(wire) ?? [], expected: arrays[array] }),
  );
  const ends = Object.entries(mapping.outputs).map(([array, output]) => {
    const end = outputs[output];
    const parts = end === undefined ? [] : [end as TensorData];
    return compare(golden, { array, parts, expected: arrays[array] });
  });
  return [...ends, ...found];
}

function feedsOf(
  golden: GoldenCase,
  mapping: Mapping,
  arrays: Readonly<Record<string, TensorData>>,
): Record<string, Feed> {
  const value = (name: string) => golden.hyper_parameters[name];
  const params = Object.fromEntries(
    Object.entries(mapping.schedule.params).map(([to, from]) => [to, value(from)]),
  );
  return {
    measurement: { kind: "tensor", data: batched(arrays["y"] as TensorData) },
    operator: operatorFeed(golden),
    prior: { kind: "node", type: "prior/onnx", params: { model: "golden", ...mapping.prior } },
    schedule: {
      kind: "node",
      type: mapping.schedule.type,
      params: { ...params, ...mapping.schedule.fixed },
    },
    ...Object.fromEntries(
      Object.entries(mapping.slots).map(
        ([slot, from]) => [slot, { kind: "number", value: Number(value(from)) }] as const,
      ),
    ),
  };
}

const operators: Readonly<Record<string, (golden: GoldenCase) => Feed>> = {
  sr_avg: ({ operator }) => ({
    kind: "node",
    type: "operator/average",
    params: { factor: operator["factor"] },
  }),
  mask: () => ({ kind: "node", type: "operator/mask", params: { file: "op_mask" } }),
  mixture: ({ hyper_parameters }) => ({
    kind: "node",
    type: "operator/mixture",
    params: { stems: (hyper_parameters["shape"] as number[])[0] },
  }),
};

function operatorFeed(golden: GoldenCase): Feed {
  const make = operators[golden.operator.kind];
  if (make === undefined) throw new Error(`no operator for ${golden.operator.kind}`);
  return make(golden);
}

function batched(tensor: TensorData): TensorData {
  return { ...tensor, shape: [1, ...tensor.shape] };
}

/** The rows of an array of draws: it has one axis more than the signal, or is one draw. */
function drawsOf(
  arrays: Readonly<Record<string, TensorData>>,
  name: string,
  golden: GoldenCase,
): TensorData | TensorData[] {
  const array = arrays[name];
  if (array === undefined) throw new Error(`${golden.id}: no array ${name}`);
  const rank = (golden.hyper_parameters["shape"] as number[]).length;
  return array.shape.length === rank ? [array] : array;
}

function loadModel(file: string): ModelAsset {
  const bytes = readFileSync(file);
  return {
    name: path.basename(file),
    bytes,
    card: null,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function compare(
  golden: GoldenCase,
  {
    array,
    parts,
    expected,
  }: {
    readonly array: string;
    readonly parts: readonly TensorData[];
    readonly expected: TensorData | undefined;
  },
): Comparison {
  const got = parts.flatMap(({ data }) => [...(data as Float32Array)]);
  const want = [...((expected?.data ?? []) as Float32Array)];
  const deviation =
    got.length === want.length
      ? got.reduce((max, v, i) => Math.max(max, Math.abs(v - (want[i] ?? Number.NaN))), 0)
      : Number.NaN;
  return { array, deviation, tolerance: golden.tolerance[array] ?? Number.NaN };
}
