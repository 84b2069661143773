import { nearest } from "../../../runtime/graph/nearest.ts";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Key } from "../../document/keys.ts";
import { idOf } from "../../document/keys.ts";
import { deleteAt, setAt } from "../../document/edits/draft.ts";
import { placeOf } from "../../document/places.ts";
import type { NumberField } from "../../inspector/fields/field.ts";
import { fieldsOf, type ParamField } from "../../inspector/fields/fields-of.ts";
import { isPlain } from "../../inspector/fields/values.ts";
import { fitted } from "../../inspector/fields/scale.ts";
import { shapesOfNode, type ParamShapes } from "../../inspector/params/param-host.ts";
import { valueAt, type Fault, type Fixer, type QuickFix } from "./fix.ts";

/** The param that a fault is in: its own place, for a fault may lie deeper, and what is known of it. */
interface Param {
  readonly key: Key;
  readonly name: string;
  readonly field: ParamField | undefined;
  readonly names: readonly string[];
}

function paramOf(fault: Fault): Param | null {
  const [, host, name] = /^(.*)\/params\/([^/]+)/.exec(fault.key) ?? [];
  if (host === undefined || name === undefined) return null;
  const shapes = shapesAt(fault, host);
  const fields = shapes === null ? [] : fieldsOf(shapes);
  return {
    key: `${host}/params/${name}`,
    name,
    field: fields.find((field) => field.name === name),
    names: fields.map((field) => field.name),
  };
}

function shapesAt(fault: Fault, host: Key): ParamShapes | null {
  const { analysis, registry } = fault;
  if (idOf(host) === "default") return shapesOfDefault(registry, valueAt({ ...fault, key: host }));
  const node = placeOf(analysis.document, fault.key)?.node;
  return node === undefined ? null : shapesOfNode(node, analysis.document.blocks, registry);
}

function shapesOfDefault(registry: Registry, value: unknown): ParamShapes | null {
  if (!isPlain(value)) return null;
  return registry.find(String(value["type"]), Number(value["v"])) ?? null;
}

const unknown: Fixer = (fault) => {
  const param = paramOf(fault);
  if (param === null) return [];
  const value = valueAt(fault);
  const near = nearest(param.name, param.names);
  const to = `${param.key.slice(0, -param.name.length)}${near ?? ""}`;
  const isFree = near !== null && valueAt({ ...fault, key: to }) === undefined;
  const rename: QuickFix = {
    label: { key: "problems.fix.replace", values: { from: param.name, to: near ?? "" } },
    recipe: (draft) => {
      setAt(draft, to, value);
      deleteAt(draft, param.key);
    },
  };
  const remove: QuickFix = {
    label: { key: "problems.fix.removeParam", values: { name: param.name } },
    recipe: (draft) => deleteAt(draft, param.key),
  };
  return [...(isFree ? [rename] : []), remove];
};

const invalid: Fixer = (fault) => {
  const param = paramOf(fault);
  return param === null ? [] : [...clamp(fault, param), ...reset(param)];
};

/** A number beyond its range, or between whole numbers, becomes the nearest that fits. */
function clamp(fault: Fault, { key, name, field }: Param): readonly QuickFix[] {
  const value = valueAt(fault);
  if (field?.field.kind !== "number" || typeof value !== "number" || fault.key !== key) return [];
  const to = fitted(field.field, value);
  if (to === value || !isSensible(field.field, value)) return [];
  const label = { key: "problems.fix.clamp", values: { name, to } };
  return [{ label, recipe: (draft) => setAt(draft, key, to) }];
}

/** What is just above a bound that is not allowed itself is a number, but none that anybody means. */
function isSensible({ integer, min, max }: NumberField, value: number): boolean {
  const crossed = min !== null && value <= min.value ? min : max;
  return integer || crossed === null || crossed.inclusive;
}

/** A param that need not be written goes back to what stands in its place. */
function reset({ key, name, field }: Param): readonly QuickFix[] {
  if (field === undefined || field.required) return [];
  const { fallback } = field;
  const label =
    fallback === undefined
      ? { key: "problems.fix.removeParam", values: { name } }
      : { key: "problems.fix.reset", values: { name, to: JSON.stringify(fallback) } };
  return [{ label, recipe: (draft) => deleteAt(draft, key) }];
}

export const paramFixers: Readonly<Record<string, Fixer>> = {
  "param.unknown": unknown,
  "param.invalid": invalid,
  "expression.invalid": invalid,
  "expression.cycle": invalid,
  "expression.unknown-name": invalid,
};
