import { registry } from "../../nodes/index.ts";
import type { BuildContext } from "../../runtime/graph/define-node.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import type { Schedule } from "../../runtime/graph/values.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { constantHost, type Host } from "../../runtime/trace/host.ts";
import { hyperParameter, operatorRule, type SamplerRule } from "./mapping.ts";
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
          name.startsWith("op_") ? [[`${name}.npy`, array]] : [],
        ),
      ),
    },
    remarks,
  };
}

function operatorNode(golden: GoldenCase, arrays: Arrays) {
  const rule = operatorRule(golden, arrays);
  const resolve = (value: unknown): unknown =>
    typeof value === "object" && value !== null && "from" in value
      ? valueAt(golden, String(value.from))
      : value;
  const isThere = (value: unknown) =>
    value !== undefined &&
    (typeof value !== "string" ||
      !value.endsWith(".npy") ||
      arrays[value.slice(0, -".npy".length)] !== undefined);
  const resolved = (params: Readonly<Record<string, unknown>>) =>
    Object.entries(params).map(([name, value]) => [name, resolve(value)] as const);
  const params = Object.fromEntries([
    ...resolved(rule.params),
    ...resolved(rule.optional).filter(([, value]) => isThere(value)),
  ]);
  return { type: rule.type, params };
}

/**
 * The schedule that the hyper-parameters say; where its levels are not those that the case lists
 * (another table, another precision), the listed ones.
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
  const table = listed === undefined ? undefined : valueAt(golden, listed.alphaBar);
  if (listed === undefined || !Array.isArray(table)) return stated;
  const alphaBar = [...(table as number[]), listed.end];
  const made = Object.values(numbers).includes(undefined) ? [] : levelsOf(stated);
  const same =
    made.length === alphaBar.length - 1 &&
    made.every((a, i) => Math.abs(a - (alphaBar[i] ?? 0)) <= 1e-6 * (alphaBar[i] ?? 0));
  if (same) return stated;
  remarks.push("the levels are those that the case lists");
  return node("schedule/list", { levels: { alphaBar } });
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

function batched(tensor: TensorData): TensorData {
  return { ...tensor, shape: [1, ...tensor.shape] };
}
