import { z } from "zod";
import type { AnyNode, InputPort, Ports, Registry } from "../../../runtime/graph/define-node.ts";
import type { PlainNode } from "../../../runtime/graph/document.ts";
import { isExpressionText } from "../../../runtime/graph/expression.ts";
import { hasPorts, plainPorts } from "../../../runtime/graph/node-ports.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Key } from "../keys.ts";
import { heightOf, widthOf } from "./node-metrics.ts";
import { familyOf, symbolOf } from "./symbols.ts";
import type { NodeView, ParamView, PortView } from "./view.ts";

/** Params shown on a node itself; the inspector has all. */
const mostPinned = 3;

/** What a view is made of besides the node. */
export interface Around {
  readonly key: Key;
  readonly id: string;
  readonly registry: Registry;
  /** Output ports that others read: all that is known of a ghost's. */
  readonly readPorts: () => readonly string[];
}

/** A node of the registry; a ghost where the registry does not know it. */
export function plainView(around: Around, node: PlainNode): NodeView {
  const { key, id, registry, readPorts } = around;
  const definition = registry.find(node.type, node.v);
  const ports = plainPorts(registry, node);
  const known = hasPorts(ports);
  const params = definition === undefined ? ghostParams(node) : paramsOf(definition, node);
  const inputs = inputViews({
    key,
    wires: node.in ?? {},
    ports: known ? ports.inputs : {},
    params: params.filter(({ structural }) => !structural).map(({ name }) => name),
    given: Object.keys(node.params ?? {}),
  });
  const outputs: Ports<InputPort> = known ? ports.outputs : {};
  const names = known ? Object.keys(outputs) : [...new Set(readPorts())];
  return assemble({
    key,
    id,
    kind: definition === undefined ? "ghost" : "node",
    type: node.type,
    title: definition?.title ?? node.type,
    summary: definition?.summary ?? "",
    inputs,
    outputs: names.map((name) => {
      const port = own(outputs, name);
      const type = port === undefined ? null : typeOnly(port);
      return { ...outputPort(key, id, name, type), optional: port?.optional === true };
    }),
    params,
  });
}

export interface Inputs {
  readonly key: Key;
  readonly wires: Readonly<Record<string, string>>;
  readonly ports: Ports<InputPort>;
  /** Names of ports that are scalar params. */
  readonly params: readonly string[];
  /** Params that the file sets: such a port needs no wire. */
  readonly given: readonly string[];
}

/** Declared ports in their order, then scalar params, then wires that lead to no port. */
export function inputViews({ key, wires, ports, params, given }: Inputs): readonly PortView[] {
  const declared = Object.keys(ports).filter((name) => !params.includes(name));
  const stray = Object.keys(wires).filter((name) => own(ports, name) === undefined);
  const scalars = Object.keys(ports).filter((name) => params.includes(name));
  return [...declared, ...scalars, ...stray].map((name) => {
    const port = own(ports, name);
    // One that is still to be wired stands in the file as an empty one.
    const ref = own(wires, name) || null;
    const optional = port === undefined || port.optional === true;
    return {
      key: `${key}/in/${name}`,
      name,
      label: name,
      type: port === undefined ? null : typeOnly(port),
      optional,
      missing: !optional && ref === null && !given.includes(name),
      ref,
      param: params.includes(name),
      row: null,
    };
  });
}

function typeOnly(port: InputPort): PortView["type"] {
  const { optional: _, ...type } = port;
  return type;
}

/** An output port of a node. */
export const outputPort = (
  key: Key,
  id: string,
  name: string,
  type: PortView["type"],
): PortView => ({
  key: `${key}/out/${name}`,
  name,
  label: name,
  type,
  optional: false,
  missing: false,
  ref: `${id}.${name}`,
  param: false,
  row: null,
});

type Unplaced = Omit<
  NodeView,
  "label" | "stands" | "family" | "symbol" | "rails" | "rows" | "width" | "height"
> &
  Partial<Pick<NodeView, "stands">>;

/** Rows: inputs and outputs side by side, under them the pinned params. */
export function assemble(view: Unplaced): NodeView {
  const pins = view.params.filter(({ pinned, wired }) => pinned && !wired);
  const drawn = view.inputs.filter(({ param, ref }) => !param || ref !== null);
  const side = Math.max(drawn.length, view.outputs.length);
  const rows = side + pins.length;
  const rowOf = (port: PortView): number | null => {
    const row = drawn.indexOf(port);
    if (row >= 0) return row;
    const pin = pins.findIndex(({ name }) => name === port.name);
    return pin < 0 ? null : side + pin;
  };
  const words = Array.from({ length: side }, (_, row) =>
    [drawn[row]?.label ?? "", view.outputs[row]?.label ?? ""].join("   "),
  );
  return {
    ...view,
    label: null,
    stands: view.stands ?? null,
    family: familyOf(view.type),
    symbol: symbolOf(view.type),
    inputs: view.inputs.map((port) => ({ ...port, row: rowOf(port) })),
    outputs: view.outputs.map((port, row) => ({ ...port, row })),
    params: view.params.map((param) => {
      const pin = pins.indexOf(param);
      return { ...param, row: pin < 0 ? null : side + pin };
    }),
    rails: [],
    rows,
    width: widthOf(view.title, [
      ...words,
      view.stands ?? "",
      ...pins.map(({ name, value }) => `${name}   ${shown(value)}`),
    ]),
    height: heightOf(rows),
  };
}

const shown = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

function paramsOf(
  definition: AnyNode,
  { params: given = {}, in: wires = {} }: PlainNode,
): readonly ParamView[] {
  const rows = [
    ...Object.entries(definition.params.shape).map(([name, schema]) => ({
      name,
      schema,
      structural: true,
    })),
    ...Object.entries(definition.scalars.shape).map(([name, schema]) => ({
      name,
      schema,
      structural: false,
    })),
  ].map(({ name, schema, structural }) => {
    const set = own(given, name);
    const value = set ?? defaultOf(schema);
    return paramView({ name, value, given: set !== undefined, structural, wired: name in wires });
  });
  const stray = Object.keys(given).filter((name) => !rows.some((row) => row.name === name));
  return pin([
    ...rows,
    ...ghostParams({ params: given }).filter(({ name }) => stray.includes(name)),
  ]);
}

const defaults = new WeakMap<object, { readonly value: unknown }>();

/** What a param is where the file says nothing; undefined where it must. */
function defaultOf(schema: z.core.$ZodType): unknown {
  const before = defaults.get(schema);
  if (before !== undefined) return before.value;
  const { data: value } = z.safeParse(schema, undefined);
  defaults.set(schema, { value });
  return value;
}

export function paramView(
  param: Pick<ParamView, "name" | "value" | "given" | "structural" | "wired">,
): ParamView {
  const isExpression = !param.structural && isExpressionText(param.value);
  return { ...param, isExpression, pinned: false, row: null };
}

function ghostParams({ params = {} }: Pick<PlainNode, "params">): readonly ParamView[] {
  return Object.entries(params).map(([name, value]) =>
    paramView({ name, value, given: true, structural: true, wired: false }),
  );
}

/** What the file sets comes first, then scalars, until the node is full; params keep their order. */
export function pin(params: readonly ParamView[]): readonly ParamView[] {
  const free = params.filter(({ wired }) => !wired);
  const chosen = [
    ...free.filter(({ given }) => given),
    ...free.filter(({ given, structural }) => !given && !structural),
  ]
    .slice(0, mostPinned)
    .map(({ name }) => name);
  return params.map((param) => ({ ...param, pinned: chosen.includes(param.name) }));
}
