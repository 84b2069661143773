import type { PortValue, PortValues } from "../graph/define-node.ts";
import type { PortType } from "../graph/ports.ts";
import type { Level, Scalar, Schedule } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { mapHost, type Host } from "../trace/host.ts";

type Kind = Exclude<PortType["kind"], "number">;

/** What a reference resolves to while a graph is built. */
export type Wire =
  | { readonly [K in Kind]: { readonly kind: K; readonly value: PortValues[K] } }[Kind]
  /** The current element of a list: a scalar or a level, as its consumer reads it. */
  | { readonly kind: "element"; readonly value: Host<unknown> }
  /** Nothing was given here; whoever needs it is absent too. */
  | { readonly kind: "absent"; readonly why: string };

export const isAbsent = (wire: Wire): wire is Wire & { readonly kind: "absent" } =>
  wire.kind === "absent";

export const tensorWire = (value: Value): Wire => ({ kind: "tensor", value });
export const scalarWire = (host: Host<number>): Wire => ({
  kind: "scalar",
  value: { on: "host", host },
});

/** The wire of an output port. */
export function outputWire(type: PortType, value: PortValue): Wire {
  if (type.kind !== "number") return { kind: type.kind, value } as Wire;
  return isScalar(value as Value | Scalar)
    ? { kind: "scalar", value: value as Scalar }
    : { kind: "tensor", value: value as Value };
}

const isScalar = (value: Value | Scalar): value is Scalar => "on" in value;

/** What a port of this type receives from the wire; undefined when the wire cannot be that. */
export function portValue(wire: Wire, type: PortType): PortValue | undefined {
  if (wire.kind === "absent") return undefined;
  if (wire.kind === "element") return elementValue(wire.value, type);
  if (type.kind === "number")
    return wire.kind === "tensor" || wire.kind === "scalar" ? wire.value : undefined;
  return wire.kind === type.kind ? wire.value : undefined;
}

function elementValue(host: Host<unknown>, type: PortType): PortValue | undefined {
  if (type.kind === "level") return host as Host<Level>;
  if (type.kind === "scalar" || type.kind === "number")
    return { on: "host", host: host as Host<number> };
  return undefined;
}

/** `wire.field`; undefined when there is no such field. */
export function fieldOf(wire: Wire, field: string): Wire | undefined {
  if (wire.kind === "absent") return wire;
  const table: Readonly<Record<string, (host: Host<never>) => Wire>> | undefined =
    fields[wire.kind];
  const read = table && Object.hasOwn(table, field) ? table[field] : undefined;
  return read?.(wire.value as Host<never>);
}

const level = (read: (l: Level) => number) => (host: Host<Level>) =>
  scalarWire(mapHost([host], read));
const levelFields = {
  alpha: level(({ alpha }) => alpha),
  sigma: level(({ sigma }) => sigma),
  alphaBar: level(({ alpha, sigma }) => alpha ** 2 / (alpha ** 2 + sigma ** 2)),
  ratio: level(({ alpha, sigma }) => sigma / alpha),
};

const fields: Readonly<
  Partial<Record<Wire["kind"], Readonly<Record<string, (host: Host<never>) => Wire>>>>
> = {
  level: levelFields,
  element: levelFields,
  list: {
    length: (host: Host<readonly unknown[]>) => scalarWire(mapHost([host], (list) => list.length)),
    first: (host: Host<readonly unknown[]>) => ({
      kind: "element",
      value: mapHost([host], (list) => list[0]),
    }),
    last: (host: Host<readonly unknown[]>) => ({
      kind: "element",
      value: mapHost([host], (list) => list.at(-1)),
    }),
  },
  schedule: {
    levels: (host: Host<Schedule>) => ({ kind: "list", value: mapHost([host], (s) => s.levels) }),
    nextLevels: (host: Host<Schedule>) => ({
      kind: "list",
      value: mapHost([host], (s) => s.nextLevels),
    }),
    steps: (host: Host<Schedule>) => scalarWire(mapHost([host], (s) => s.levels.length)),
    first: (host: Host<Schedule>) => ({
      kind: "level",
      value: mapHost([host], (s) => s.levels[0] ?? { alpha: 1, sigma: 0 }),
    }),
    last: (host: Host<Schedule>) => ({
      kind: "level",
      value: mapHost([host], (s) => s.levels.at(-1) ?? { alpha: 1, sigma: 0 }),
    }),
  },
};
