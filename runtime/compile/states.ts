import { issueError } from "../base/issue.ts";
import type { Ref } from "../graph/refs.ts";
import type { Level } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { sameShape } from "../tensor/tensor.ts";
import { leafHost, type Host } from "../trace/host.ts";
import { expand } from "../trace/math.ts";
import { readBack } from "./context.ts";
import { scalarValue } from "./scalar-value.ts";
import { resolve, type Environment } from "./environment.ts";
import type { Carried, LoopState, Region } from "./region.ts";
import { scalarWire, tensorWire, type Wire } from "./wires.ts";

/** What a state's name stands for inside the body. */
export function currentWire(init: Wire, region: Region, label: string): Wire {
  const carried = carry(init);
  if (carried === undefined) return init;
  return carriedWire(freshLike(carried, region, label), init);
}

/** A carried value set by the zone: a tensor local to `region`, or a host leaf of its scope. */
function freshLike(carried: Carried, region: Region, label: string): Carried {
  if (carried.on === "host") return { on: "host", host: leafHost<unknown>(region.scope, label) };
  const value = newValue(carried.value);
  region.locals.add(value);
  return { on: "device", value };
}

export function carry(wire: Wire | undefined): Carried | undefined {
  switch (wire?.kind) {
    case "tensor":
      return { on: "device", value: wire.value };
    case "scalar":
      return wire.value.on === "host"
        ? { on: "host", host: wire.value.host }
        : { on: "device", value: wire.value.value };
    case "level":
    case "list":
    case "schedule":
    case "element":
      return { on: "host", host: wire.value };
    default:
      return undefined;
  }
}

/** The same kind of wire as `like`, over a carried value. */
export function carriedWire(carried: Carried, like: Wire | undefined): Wire {
  switch (like?.kind) {
    case "scalar":
      return carried.on === "host"
        ? scalarWire(carried.host as Host<number>)
        : { kind: "scalar", value: { on: "device", value: carried.value } };
    case "level":
      return { kind: "level", value: (carried as { host: Host<unknown> }).host as Host<Level> };
    case "tensor":
      return carried.on === "device"
        ? tensorWire(carried.value)
        : { kind: "element", value: carried.host };
    default:
      return {
        kind: like?.kind ?? "element",
        value: carried.on === "host" ? carried.host : carried.value,
      } as Wire;
  }
}

/** A state of a zone as it is written, and the wires its names stand for. */
export interface Rail {
  readonly name: string;
  readonly state: { readonly next: Ref };
  readonly init: Wire;
  readonly current: readonly Wire[];
}

/**
 * The state that a rail describes. A scalar may begin on the host and go on on the device, or the other
 * way round: it stays where it began.
 */
export function loopState(inner: Environment, outer: Region, rail: Rail, path: string): LoopState {
  const { name, init, current } = rail;
  const first = carry(init);
  const wire = resolve(inner, rail.state.next);
  const next =
    first && sameKind(init, wire) ? onSide(inner.region, first, carry(wire), path) : undefined;
  if (first === undefined || next === undefined)
    throw issueError(
      "zone.state",
      `the state ${name} begins as a ${init.kind} and goes on as a ${wire.kind}.`,
      { node: path, port: name },
    );
  if (first.on === "device" && next.on === "device" && !sameType(first.value, next.value))
    throw issueError(
      "zone.state",
      `the state ${name} begins with shape [${first.value.shape}] and goes on with [${next.value.shape}].`,
      { node: path, port: name },
    );
  const final: Carried =
    first.on === "device"
      ? { on: "device", value: newValue(first.value) }
      : { on: "host", host: leafHost<unknown>(outer.scope, `${path}.${name}`) };
  return { name, init: first, current: current.flatMap((w) => carry(w) ?? []), next, final };
}

/** Whether one wire may stand where the other does, from one iteration or branch to another. */
export function sameKind(a: Wire, b: Wire): boolean {
  const loose = (wire: Wire) =>
    wire.kind === "element" ? ["level", "scalar", "element"] : [wire.kind];
  return loose(a).includes(b.kind) || loose(b).includes(a.kind);
}

const sameType = (a: Value, b: Value) => a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** A carried value on the side where `first` is; a scalar crosses, at the cost of a wait or a transfer. */
function onSide(
  region: Region,
  first: Carried,
  next: Carried | undefined,
  path: string,
): Carried | undefined {
  if (next === undefined || next.on === first.on) return next;
  if (next.on === "device") return { on: "host", host: readBack(region, next.value, path) };
  const value = scalarValue(region, next.host as Host<number>);
  return { on: "device", value: expand(region.recorder, value, [region.batch]) };
}
