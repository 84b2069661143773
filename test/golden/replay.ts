import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { tapeNoise, type Tape } from "../../runtime/execute/noise/tape-noise.ts";
import { run } from "../../runtime/execute/run.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { caseTask, networkName, type CaseTask } from "./case-task.ts";
import { compare, type Comparison } from "./compare.ts";
import {
  arrayNamed,
  hyperParameter,
  samplerRule,
  type SamplerRule,
  type WireRule,
} from "./mapping.ts";
import { readArrays, type Arrays, type GoldenCase } from "./manifest.ts";

const samplers = path.resolve(import.meta.dirname, "../../graphs/samplers");

/** A case made ready: its sampler's graph, the task that feeds it, the draws. */
export interface PreparedCase {
  readonly golden: GoldenCase;
  readonly rule: SamplerRule;
  readonly graph: Document;
  readonly task: CaseTask;
  readonly tape: Tape;
  /** Arrays of the case, by the names in its manifest. */
  readonly arrays: Arrays;
  readonly network: string;
}

export interface Replay {
  readonly comparisons: readonly Comparison[];
  /** Arrays with a tolerance that are not compared, and why. */
  readonly unmapped: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, Result>>;
}

/** @throws Error with a sentence where no graph, operator or stream answers to the case. */
export function prepareCase(folder: string, golden: GoldenCase): PreparedCase {
  const rule = samplerRule(golden);
  const arrays = readArrays(folder, golden);
  const text = readFileSync(path.join(samplers, `${rule.graph}.json`), "utf8");
  const { document: graph, issues } = readDocument(text);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join("\n"));
  return {
    golden,
    rule,
    graph,
    task: caseTask(golden, rule, { arrays, graph }),
    tape: tapeOf(golden, rule, arrays),
    arrays,
    network: networkOf(folder, golden),
  };
}

/** The case's network: beside the folder, in it, or the one of that name that this folder holds. */
function networkOf(folder: string, { prior }: GoldenCase): string {
  const places = [path.join(folder, ".."), folder, import.meta.dirname];
  const files = places.map((place) => path.join(place, prior));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error(`there is no network ${files.join(" nor ")}`);
  return found;
}

/** Names of the tensors that a prepared case's documents ask for, and its network. */
export function assetsOf({ task, network }: PreparedCase) {
  return { tensors: task.arrays, models: { [networkName]: loadModel(network) } };
}

/** Wires to watch: those that answer to an array with a tolerance. */
export function probesOf({ golden, rule }: PreparedCase): readonly string[] {
  return [...new Set(comparedWires(golden, rule).flatMap(([, wire]) => wiresOf(wire)))];
}

/** Replays a case through its graph with the authors' draws. */
export async function replay(prepared: PreparedCase, backend: Backend): Promise<Replay> {
  const { graph, task, tape } = prepared;
  const { tensors, models } = assetsOf(prepared);
  const compiled = compile({
    document: graph,
    task: task.task,
    feeds: {},
    batch: 1,
    registry,
    assets: {
      tensors: new Map(Object.entries(tensors)),
      models: new Map(Object.entries(models)),
    },
  });
  const probes: Record<string, TensorData[]> = {};
  let outputs: Readonly<Record<string, Result>> = {};
  for await (const event of run(compiled, {
    backend,
    noise: tapeNoise(tape, null),
    seed: 0,
    clock: () => performance.now(),
    control: createRunControl(probesOf(prepared)),
  })) {
    if (event.type === "warning") throw new Error(event.issue.message);
    if (event.type === "probe") (probes[event.wire] ??= []).push(event.tensor);
    if (event.type === "done") outputs = event.outputs;
  }
  return compareRun(prepared, { outputs, probes }, 1);
}

/** Compares what a run gave with the case's arrays; `factor` widens the tolerances. */
export function compareRun(
  { golden, rule, arrays }: PreparedCase,
  { outputs, probes }: RunResult,
  factor: number,
): Replay {
  const found = comparedWires(golden, rule).map(([name, wire]) => {
    const parts = wiresOf(wire).flatMap((of) => probes[of] ?? []);
    const kept =
      typeof wire === "object" && "distinct" in wire ? distinct(parts, arrays[name]) : parts;
    return compare(golden, name, { parts: kept, expected: arrays[name], factor });
  });
  const ends = Object.entries(rule.outputs)
    .filter(([name]) => golden.tolerance[name] !== undefined)
    .map(([name, output]) => {
      const end = outputs[output];
      const parts = end === undefined ? [] : [end as TensorData];
      return compare(golden, name, { parts, expected: arrays[name], factor });
    });
  const comparisons = [...ends, ...found];
  return { comparisons, unmapped: unmappedOf(golden, rule, comparisons), outputs };
}

interface RunResult {
  readonly outputs: Readonly<Record<string, Result>>;
  /** By wire: the tensors of all iterations. */
  readonly probes: Readonly<Record<string, readonly TensorData[]>>;
}

const comparedWires = ({ tolerance }: GoldenCase, { wires }: SamplerRule) =>
  Object.entries(wires).filter(([name]) => tolerance[name] !== undefined);

/** At least this share of the arrays with a tolerance must be compared. */
const leastMapped = 0.8;

export function passed({ comparisons, unmapped }: Replay): boolean {
  const all = comparisons.length + Object.keys(unmapped).length;
  return (
    comparisons.length >= leastMapped * all && comparisons.every((comparison) => comparison.passed)
  );
}

function unmappedOf(
  { tolerance }: GoldenCase,
  { unmapped }: SamplerRule,
  comparisons: readonly Comparison[],
): Readonly<Record<string, string>> {
  const known = new Set(comparisons.map(({ array }) => array));
  return Object.fromEntries(
    Object.keys(tolerance)
      .filter((array) => !known.has(array))
      .map((array) => [array, unmapped[array] ?? "the mapping does not name it"]),
  );
}

function wiresOf(rule: WireRule): readonly string[] {
  if (typeof rule === "string") return [rule];
  return "distinct" in rule ? [rule.distinct] : [rule.first, rule.then];
}

/** Without the values that only repeat the one before, where the case has fewer than the graph gave. */
function distinct(
  parts: readonly TensorData[],
  expected: TensorData | undefined,
): readonly TensorData[] {
  if (parts.length === expected?.shape[0]) return parts;
  return parts.filter(({ data }, i) => {
    const before = parts[i - 1]?.data as Float32Array | undefined;
    return before === undefined || (data as Float32Array).some((v, k) => v !== before[k]);
  });
}

/** @throws Error where the case holds draws that no stream takes. */
function tapeOf(golden: GoldenCase, { streams }: SamplerRule, arrays: Arrays): Tape {
  const rank = arrays["x_true"]?.shape.length;
  const found = Object.entries(streams).flatMap(([stream, rule]) => {
    const name = arrayNamed(arrays, typeof rule === "string" ? rule : rule.array);
    const array = name === undefined ? undefined : arrays[name];
    if (name === undefined || array === undefined) return [];
    // One axis more than the signal: a row for every draw.
    const rows = array.shape.length === rank ? [array] : array;
    const draws = typeof rule === "string" ? undefined : hyperParameter(golden, rule.draws);
    return [{ stream, name, rows: "shape" in rows ? withUnused(rows, draws ?? 0) : rows }];
  });
  const taken = new Set(found.map(({ name }) => name));
  const idle = Object.keys(arrays).filter((name) => name.startsWith("noise_") && !taken.has(name));
  if (idle.length > 0) throw new Error(`no stream takes the draws ${idle.join(", ")}`);
  return Object.fromEntries(found.map(({ stream, rows }) => [stream, rows]));
}

/** With zeros for the last draws, which multiply nothing and may be left out. */
function withUnused(array: TensorData, draws: number): TensorData {
  const [rows = 0, ...signal] = array.shape;
  if (rows >= draws || array.dtype !== "float32") return array;
  const data = new Float32Array(draws * signal.reduce((product, d) => product * d, 1));
  data.set(array.data);
  return { ...array, shape: [draws, ...signal], data };
}

function loadModel(file: string): ModelAsset {
  const bytes = new Uint8Array(readFileSync(file));
  return {
    name: path.basename(file),
    bytes,
    card: null,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
