import { registry } from "../../nodes/index.ts";
import { alphaBarTable } from "../../nodes/schedule/levels.ts";
import type { BuildContext } from "../../runtime/graph/define-node.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import type { Schedule } from "../../runtime/graph/values.ts";
import { broadcastIndex, flatten, indicesOf } from "../../runtime/onnx/fold/host-tensor.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { constantHost, type Host } from "../../runtime/trace/host.ts";
import {
  arrayNamed,
  hyperParameter,
  operatorRule,
  type ParamRule,
  type SamplerRule,
} from "./mapping.ts";
import { valueAt, type Arrays, type GoldenCase } from "./manifest.ts";

/** A case as a task that feeds every slot of a sampler's graph, with the arrays it names. */
export interface CaseTask {
  readonly task: Document;
  readonly arrays: Arrays;
  /** What the case does not say and what is taken instead. */
  readonly remarks: readonly string[];
}

/** The name under which the task asks for the case's network. */
export const networkName = "prior.onnx";

/** @throws Error where the case names an operator that no rule maps. */
export function caseTask(
  golden: GoldenCase,
  rule: SamplerRule,
  { arrays, graph }: { readonly arrays: Arrays; readonly graph: Document },
): CaseTask {
  const remarks: string[] = [];
  const node = (type: string, params: Readonly<Record<string, unknown>>) => ({
    type,
    v: registry.versions(type)[0]?.v ?? 1,
    params,
  });
  const operator = operatorNode(golden, arrays);
  const scalars = Object.entries(rule.slots).flatMap(([name, expressions]) => {
    const value = hyperParameter(golden, expressions);
    if (value === undefined) remarks.push(`${name} is not stated: the graph's default is taken`);
    return value === undefined ? [] : [[name, { kind: "scalar", default: value }] as const];
  });
  const given: Record<string, Slot> = {
    image: { kind: "signal", default: { asset: "x_true.npy" } },
    measurement: { kind: "measurement", default: { asset: "y.npy" } },
    operator: { kind: "operator", default: node(operator.type, operator.params) },
    prior: { kind: "prior", default: node("prior/onnx", { model: networkName, ...rule.prior }) },
    schedule: { kind: "schedule", default: scheduleNode(golden, rule, { node, remarks }) },
    ...Object.fromEntries(scalars),
  };
  const inputs = Object.fromEntries(
    Object.entries(given).filter(([name]) => name === "image" || graph.inputs[name] !== undefined),
  );
  const outputs = Object.fromEntries(Object.keys(inputs).map((name) => [name, `@${name}`]));
  const bound = {
    type: "operator/in-space",
    v: 1,
    in: { operator: "@operator", space: "@image" },
  };
  return {
    task: {
      denoodle: 1,
      name: golden.id,
      inputs,
      graph: { bound },
      outputs: { ...outputs, operator: "bound.operator" },
      blocks: {},
    },
    arrays: {
      "x_true.npy": batched(arrays["x_true"] as TensorData),
      "y.npy": batched(arrays["y"] as TensorData),
      ...Object.fromEntries(
        Object.entries(arrays).flatMap(([name, array]) =>
          name.startsWith("op_") ? [[`${name}.npy`, spread(name, array, arrays)]] : [],
        ),
      ),
    },
    remarks,
  };
}

function operatorNode(golden: GoldenCase, arrays: Arrays) {
  const { type, params } = operatorRule(golden, arrays);
  const resolve = (value: ParamRule): unknown => {
    if (typeof value !== "object" || Array.isArray(value)) return value;
    if ("from" in value) return valueAt(golden, value.from);
    const name = arrayNamed(arrays, value.array);
    return name === undefined ? undefined : `${name}.npy`;
  };
  const given = <V>(values: Readonly<Record<string, V>>, of: (value: V) => unknown) =>
    Object.fromEntries(
      Object.entries(values)
        .map(([name, value]) => [name, of(value)] as const)
        .filter(([, value]) => value !== undefined),
    );
  return {
    type,
    params: given(params, (value) => (isGroup(value) ? given(value, resolve) : resolve(value))),
  };
}

/** Several named values in one param. */
function isGroup(
  value: ParamRule | Readonly<Record<string, ParamRule>>,
): value is Readonly<Record<string, ParamRule>> {
  return (
    typeof value === "object" && !Array.isArray(value) && !("from" in value) && !("array" in value)
  );
}

/** Relative difference of one table of levels, multiplied up in another order or precision. */
const tablesApart = 1e-6;

/**
 * The levels that the case lists, or the schedule that the hyper-parameters say where it lists none.
 * A schedule that would have made other levels is remarked on.
 */
function scheduleNode(
  golden: GoldenCase,
  { schedule: { type, params, fixed, listed } }: SamplerRule,
  {
    node,
    remarks,
  }: {
    readonly node: (
      type: string,
      params: Readonly<Record<string, unknown>>,
    ) => {
      readonly type: string;
      readonly v: number;
      readonly params: Readonly<Record<string, unknown>>;
    };
    readonly remarks: string[];
  },
) {
  const numbers = Object.fromEntries(
    Object.entries(params).map(([to, from]) => [to, hyperParameter(golden, from)]),
  );
  const stated = node(type, { ...numbers, ...fixed });
  const table = listed && (valueAt(golden, listed.alphaBar) ?? tableAt(golden, listed.times));
  if (listed === undefined || !Array.isArray(table)) return stated;
  const before = (table as number[]).filter((a) => a !== listed.end);
  const levels = listed.visits ? [...new Set(before)].toSorted((a, b) => a - b) : before;
  const alphaBar = [...levels, listed.end];
  const made = Object.values(numbers).includes(undefined) ? [] : levelsOf(stated);
  const off = levels.map((a, i) => Math.abs((made[i] ?? 0) / a - 1));
  if (made.length !== levels.length || off.some((d) => d > tablesApart))
    remarks.push("the levels are those that the case lists");
  return node("schedule/list", { levels: { alphaBar } });
}

/** ᾱ of the DDPM table at the time indices that the case lists. */
function tableAt(golden: GoldenCase, where: string): readonly number[] | undefined {
  const times = valueAt(golden, where);
  if (!Array.isArray(times)) return undefined;
  const table = alphaBarTable(1e-4, 2e-2, 1000);
  return times.map((t) => table[Number(t)] ?? 1);
}

/** ᾱ of a schedule node's levels. */
function levelsOf({
  type,
  v,
  params,
}: {
  readonly type: string;
  readonly v: number;
  readonly params: Readonly<Record<string, unknown>>;
}): readonly number[] {
  const definition = registry.find(type, v);
  if (definition === undefined) throw new Error(`there is no node ${type}`);
  const numbers = definition.scalars.parse(
    Object.fromEntries(Object.entries(params).filter(([, value]) => typeof value === "number")),
  );
  const scalars = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [
      name,
      { on: "host", host: constantHost(Number(value)) },
    ]),
  );
  const { schedule } = definition.build({
    params: {},
    scalars,
    inputs: {},
    ctx: {} as BuildContext,
  } as never) as { readonly schedule: Host<Schedule> };
  return (schedule.known?.value.levels ?? []).map(({ alpha }) => alpha ** 2);
}

/** A mask with one number for a whole axis, or for a channel, in the signal's shape. */
function spread(name: string, array: TensorData, arrays: Arrays): TensorData {
  const signal = arrays["x_true"]?.shape ?? [];
  const shape = [...array.shape, ...signal.map(() => 1)].slice(0, signal.length);
  const fits = shape.every((d, i) => d === signal[i] || d === 1);
  if (
    !name.endsWith("mask") ||
    array.dtype !== "float32" ||
    !fits ||
    array.shape.length > signal.length
  )
    return array;
  const data = Float32Array.from(indicesOf(signal), (index) =>
    Number(array.data[flatten(broadcastIndex(index, shape), shape)]),
  );
  return { ...array, shape: signal, data };
}

function batched(tensor: TensorData): TensorData {
  return { ...tensor, shape: [1, ...tensor.shape] };
}
