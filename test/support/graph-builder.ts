import type { AnyNode, Registry } from "../../runtime/graph/define-node.ts";
import type { Block, Body, Document, Node, Slot, SlotKind } from "../../runtime/graph/document.ts";
import { slotTypes } from "../../runtime/graph/node-ports.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { port, portFields, whyNotAssignable } from "../../runtime/graph/ports.ts";
import { joinTypes } from "../../runtime/graph/types.ts";
import type { Choose, GraphOptions } from "./graph-choices.ts";

/** A value that may be wired from here. */
interface Wire {
  readonly ref: string;
  readonly type: PortType;
}

/** What the builder carries through one document. */
interface Builder {
  readonly choose: Choose;
  readonly definitions: readonly AnyNode[];
  readonly options: GraphOptions;
  readonly blocks: Record<string, Block>;
  /** The type of each block's output. */
  readonly blockTypes: Record<string, PortType>;
  /** Ids are never used twice, so that none hides another. */
  last: number;
}

/** A body that grows; `wires` begins with what is visible from outside. */
interface Growing {
  readonly body: Record<string, Node>;
  readonly wires: Wire[];
}

const slots: Readonly<Record<string, Slot>> = {
  operator: { kind: "operator" },
  measurement: { kind: "measurement" },
  prior: { kind: "prior" },
  schedule: { kind: "schedule" },
  start: { kind: "signal" },
  amount: { kind: "scalar", default: 0.5 },
};

/** A valid document, as the decisions go; up to three zones deep. */
export function buildGraph(registry: Registry, choose: Choose, options: GraphOptions): Document {
  const definitions = registry.types
    .flatMap((type) => registry.versions(type).slice(0, 1))
    .filter((definition) => definition.ports === undefined && (options.allow?.(definition) ?? true))
    .filter(({ type, params }) => params.safeParse(options.params?.[type] ?? {}).success);
  const builder: Builder = { choose, definitions, options, blocks: {}, blockTypes: {}, last: 0 };
  if (choose(2) === 0) buildBlock(builder);
  const graph = grow(builder, slotWires(slots), { depth: 0, count: 2 + choose(6) });
  const end = pick(builder, carried(graph.wires)) ?? { ref: "@start", type: port.signal() };
  return {
    denoodle: 1,
    name: "made by decisions",
    inputs: slots,
    graph: graph.body,
    outputs: { y: end.ref },
    blocks: builder.blocks,
  };
}

function slotWires(inputs: Readonly<Record<string, Slot>>): readonly Wire[] {
  return Object.entries(inputs).map(([name, { kind }]) => ({
    ref: `@${name}`,
    type: slotTypes[kind],
  }));
}

interface Size {
  readonly depth: number;
  readonly count: number;
}

function grow(builder: Builder, visible: readonly Wire[], { depth, count }: Size): Growing {
  const growing: Growing = { body: {}, wires: [...visible] };
  for (let i = 0; i < count; i += 1) {
    const kind = builder.choose(8);
    if (kind < 5 || depth >= 3) addPlain(builder, growing);
    else if (kind === 5) addIf(builder, growing, depth);
    else if (kind === 6) addBlockUse(builder, growing);
    else addLoop(builder, growing, depth);
  }
  return growing;
}

function newId(builder: Builder, prefix: string): string {
  builder.last += 1;
  return `${prefix}${builder.last}`;
}

function pick<T>({ choose }: Builder, from: readonly T[]): T | undefined {
  return from[choose(from.length)];
}

/** Wires that fit, fields of structured ones included. */
function fitting(wires: readonly Wire[], to: PortType): readonly Wire[] {
  const all = wires.flatMap((wire) => [
    wire,
    ...Object.entries(portFields[wire.type.kind]).map(([field, type]) => ({
      ref: `${wire.ref}.${field}`,
      type,
    })),
  ]);
  return all.filter(({ ref, type }) => dots(ref) <= 2 && whyNotAssignable(type, to) === null);
}

function dots(ref: string): number {
  return ref.split(".").length - (ref.startsWith("@") ? 0 : 1);
}

function addPlain(builder: Builder, { body, wires }: Growing): void {
  const definition = pick(builder, builder.definitions);
  if (definition === undefined) return;
  const into: Record<string, string> = {};
  for (const [name, input] of Object.entries(definition.inputs)) {
    const wire = pick(builder, fitting(wires, input));
    if (wire !== undefined && (input.optional !== true || builder.choose(2) === 0))
      into[name] = wire.ref;
    else if (input.optional !== true) return;
  }
  const params: Record<string, unknown> = { ...builder.options.params?.[definition.type] };
  for (const name of Object.keys(definition.scalars.shape))
    addScalar(builder, wires, { name, into, params });
  if (!definition.scalars.safeParse(params).success && Object.keys(into).length === 0) return;
  const id = newId(builder, "n");
  body[id] = { type: definition.type, v: definition.v, params, in: into };
  for (const [name, type] of Object.entries(definition.outputs))
    wires.push({ ref: `${id}.${name}`, type });
}

interface ScalarPlace {
  readonly name: string;
  readonly into: Record<string, string>;
  readonly params: Record<string, unknown>;
}

/** Leaves a scalar at its default, wires it, or makes it an expression. */
function addScalar(
  builder: Builder,
  wires: readonly Wire[],
  { name, into, params }: ScalarPlace,
): void {
  const wire = pick(builder, fitting(wires, port.scalar()));
  if (wire === undefined) return;
  const way = builder.choose(6);
  if (way === 0) into[name] = wire.ref;
  if (way === 1 && wire.ref.startsWith("@") && wire.type.kind === "scalar")
    params[name] = `=abs(${wire.ref}) + 1`;
}

/** Values that a state can hold. */
function carried(wires: readonly Wire[]): readonly Wire[] {
  return wires.filter(
    ({ type: { kind } }) => kind === "tensor" || kind === "scalar" || kind === "level",
  );
}

function addLoop(builder: Builder, outer: Growing, depth: number): void {
  const init = pick(builder, carried(outer.wires));
  if (init === undefined) return;
  const id = newId(builder, "z");
  const state = newId(builder, "s");
  const list = pick(builder, fitting(outer.wires, port.list()));
  const element = newId(builder, "e");
  const forEach = list !== undefined && builder.choose(2) === 0;
  const levels = list?.ref.endsWith("evels") === true;
  const rails: readonly Wire[] = [
    { ref: `@${state}`, type: init.type },
    { ref: `@${id}.${state}`, type: init.type },
    { ref: "@k", type: port.scalar() },
    ...(forEach ? [{ ref: `@${element}`, type: levels ? port.level() : port.scalar() }] : []),
  ];
  const inner = grow(builder, [...outer.wires, ...rails], {
    depth: depth + 1,
    count: 1 + builder.choose(4),
  });
  if (Object.keys(inner.body).length === 0) return;
  const fits = inner.wires.filter(({ type }) => whyNotAssignable(type, init.type) === null);
  const next = fits.at(-1 - builder.choose(Math.min(3, fits.length)))?.ref ?? `@${state}`;
  const scan = inner.wires.findLast(({ type }) => type.kind === "scalar");
  const scans = scan === undefined ? {} : { [newId(builder, "c")]: scan.ref };
  const parts = {
    v: 1,
    states: { [state]: { init: init.ref, next } },
    scans,
    body: inner.body,
  } as const;
  outer.body[id] = forEach
    ? { type: "zone/for-each", each: { [element]: list.ref }, ...parts }
    : loopOf(builder, outer, parts);
  outer.wires.push({ ref: `${id}.${state}`, type: init.type });
  for (const name of Object.keys(scans))
    outer.wires.push({ ref: `${id}.${name}`, type: port.list() });
}

function loopOf(
  builder: Builder,
  outer: Growing,
  parts: { readonly v: 1; readonly body: Body },
): Node {
  const condition = pick(builder, fitting(outer.wires, port.scalar()));
  if (condition !== undefined && builder.choose(3) === 0)
    return {
      type: "zone/while",
      while: condition.ref,
      params: { max: 1 + builder.choose(3) },
      ...parts,
    };
  const counts = [0, 1, 3, "=1+1", "=@amount * 4"];
  const inBlock = !outer.wires.some(({ ref }) => ref === "@amount");
  const count = counts[builder.choose(inBlock ? 4 : 5)];
  return { type: "zone/repeat", params: { count }, ...parts };
}

function addIf(builder: Builder, outer: Growing, depth: number): void {
  const condition = pick(builder, fitting(outer.wires, port.scalar()));
  const other = pick(builder, carried(outer.wires));
  if (condition === undefined || other === undefined) return;
  const inner = grow(builder, outer.wires, { depth: depth + 1, count: 1 + builder.choose(2) });
  const same = inner.wires.findLast(({ type }) => type.kind === other.type.kind) ?? other;
  const id = newId(builder, "i");
  outer.body[id] = {
    type: "zone/if",
    v: 1,
    in: { condition: condition.ref },
    then: { body: inner.body, outputs: { y: same.ref } },
    else: { body: {}, outputs: { y: other.ref } },
  };
  outer.wires.push({ ref: `${id}.y`, type: joinTypes(same.type, other.type) ?? other.type });
}

const blockInputs: readonly SlotKind[] = ["signal", "scalar"];

function buildBlock(builder: Builder): void {
  const inputs: Record<string, Slot> = {};
  for (const kind of blockInputs) inputs[newId(builder, "p")] = { kind };
  const { body, wires } = grow(builder, slotWires(inputs), { depth: 1, count: 2 });
  const end = carried(wires).findLast(({ type }) => type.kind === "tensor");
  if (end === undefined) return;
  const name = newId(builder, "b");
  builder.blocks[name] = { inputs, graph: body, outputs: { y: end.ref } };
  builder.blockTypes[name] = end.type;
}

function addBlockUse(builder: Builder, { body, wires }: Growing): void {
  const [name, block] = pick(builder, Object.entries(builder.blocks)) ?? [];
  if (name === undefined || block === undefined) return;
  const into: Record<string, string> = {};
  for (const [slot, { kind }] of Object.entries(block.inputs)) {
    const wire = pick(builder, fitting(wires, slotTypes[kind]));
    if (wire === undefined) return;
    into[slot] = wire.ref;
  }
  const id = newId(builder, "u");
  body[id] = { type: "block", use: name, in: into };
  wires.push({ ref: `${id}.y`, type: builder.blockTypes[name] ?? port.tensor() });
}
