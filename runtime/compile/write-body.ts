import type { HostFeed } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue, type Program } from "../ir/program.ts";
import { leafHost, mapHost, type Host } from "../trace/host.ts";
import { isValue, portsOf } from "./barriers.ts";
import type { Barrier, Carried, If, Region, RegionWire } from "./region.ts";
import { scalarValue } from "./scalar-value.ts";
import { sortEquations } from "./sort-equations.ts";

/** What stands in the copy of a body for what it reads and makes. */
export interface Renaming {
  readonly value: (value: Value) => Value;
  readonly host: <T>(host: Host<T>) => Host<T>;
}

/** As they are. */
export const unchanged: Renaming = { value: (value) => value, host: (host) => host };

/** A body ready to be copied. */
export interface Source {
  readonly body: Region;
  readonly program: Program;
}

/** How one copy differs from the body. */
export interface Copy {
  /** Iterations of written-out zones that the copy is of, outermost first. */
  readonly at: readonly number[];
  /** What is set from outside: counter and states. */
  readonly values: Map<Value, Value>;
  readonly hosts: Map<Host<unknown>, Host<unknown>>;
  /** What the body reads of the regions around it. */
  readonly outer: Renaming;
  /** Writes a zone that chooses, whose outputs have been renamed. */
  readonly choose: (zone: If, renaming: Renaming) => readonly RegionWire[];
}

/** The body's equations as a program whose inputs are all that may differ between copies. */
export function sourceOf(body: Region): Source {
  const { recorder } = body;
  const { constants } = recorder;
  const outputs = recorder.equations.flatMap((equation) => equation.outputs);
  const made = new Set(outputs);
  const equations = sortEquations(recorder.equations, outputs);
  const reads = equations.flatMap(({ inputs }) => inputs.flatMap((input) => input ?? []));
  const inputs = new Set(reads.filter((value) => !made.has(value) && !constants.has(value)));
  return { body, program: { inputs: [...inputs], constants, equations, outputs } };
}

/** Copies a body into `region`; says what each of its values and host values is there, and its wires. */
export function writeBody(
  region: Region,
  { body, program }: Source,
  { at, values, hosts, outer, choose }: Copy,
): Renaming & { readonly wires: readonly RegionWire[] } {
  for (const output of body.barriers.flatMap((barrier) => portsOf(barrier).outputs))
    values.set(output, newValue(output));
  for (const given of body.barriers.flatMap((barrier) => portsOf(barrier).hostOutputs))
    hosts.set(given, leafHost(region.scope, `${body.scope.path} ${at.join(" ")}`));
  const host = <T>(given: Host<T>): Host<T> => substitute(given, { hosts, body, outer }) as Host<T>;
  for (const [given, value] of body.hostScalars)
    values.set(value, scalarValue(region, host(given)));
  for (const [value, feed] of body.hostFeeds) {
    const fed = newValue(value);
    region.hostFeeds.set(fed, { ...feed, host: host(feed.host) });
    values.set(value, fed);
  }
  const value = (given: Value) => values.get(given) ?? outer.value(given);
  const made = region.recorder.inline(program, program.inputs.map(value));
  program.outputs.forEach((output, i) => values.set(output, made[i] ?? output));
  const wires = body.wires.map((wire) => ({
    path: wire.path,
    value: value(wire.value),
    at: [...at, ...(wire.at ?? [])],
  }));
  for (const barrier of body.barriers)
    if (barrier.kind === "if") insertWires(wires, barrier.path, choose(barrier, { value, host }));
    else region.barriers.push(copyBarrier(barrier, at, { value, host }));
  copyMarks(body, region, value);
  return { value, host, wires };
}

/** Puts wires of a zone's body before its ports: wires stand in the order in which they are computed. */
export function insertWires(
  wires: RegionWire[],
  zone: string,
  inside: readonly RegionWire[],
): void {
  const own = wires.findIndex(({ path }) => path.startsWith(`${zone}.`));
  wires.splice(own < 0 ? wires.length : own, 0, ...inside);
}

/** A carried value of a body as it is in the copy. */
export function renamed(carried: Carried, { value, host }: Renaming): Carried {
  return carried.on === "device"
    ? { on: "device", value: value(carried.value) }
    : { on: "host", host: host(carried.host) };
}

/** Gives a zone's port its value. */
export function bind(
  region: Region,
  final: Carried,
  last: Carried | undefined,
  origin: string,
): void {
  if (final.on === "device" && last?.on === "device")
    region.recorder.append({
      op: "Identity",
      inputs: [last.value],
      params: {},
      outputs: [final.value],
      origin,
    });
  if (final.on === "host" && last?.on === "host")
    region.barriers.push({ kind: "let", host: final.host, value: last.host });
}

/** Marks what the copy of `body` made as what it was copied from is marked. */
function copyMarks(body: Region, region: Region, value: (value: Value) => Value): void {
  for (const stopped of body.stopped) region.stopped.add(value(stopped));
  const copies = new Map(
    [...body.evaluations].map((answers) => [answers, answers.map(value)] as const),
  );
  for (const copy of copies.values()) region.evaluations.add(copy);
  for (const [gradient, through] of body.networkGradients)
    region.networkGradients.set(
      value(gradient),
      through.map((evaluation) => copies.get(evaluation) ?? evaluation),
    );
}

function copyBarrier(barrier: Barrier, at: readonly number[], { value, host }: Renaming): Barrier {
  switch (barrier.kind) {
    case "draw":
      return { ...barrier, output: value(barrier.output), at: [...at, ...(barrier.at ?? [])] };
    case "call": {
      const feed = (given: Value | HostFeed) =>
        isValue(given) ? value(given) : { ...given, host: host(given.host) };
      const feeds = Object.fromEntries(
        Object.entries(barrier.feeds).map(([name, given]) => [name, feed(given)]),
      );
      return { ...barrier, feeds, outputs: barrier.outputs.map(value) };
    }
    case "readback":
      return { ...barrier, value: value(barrier.value), host: host(barrier.host) };
    case "let":
      return { ...barrier, host: host(barrier.host), value: host(barrier.value) };
    case "loop":
    case "if":
    case "gate":
      throw new Error(`internal: a ${barrier.kind} is written out`);
  }
}

/** A host value of the body with its leaves replaced, and what it takes from around the body too. */
function substitute(
  host: Host<unknown>,
  { hosts, body, outer }: Pick<Copy, "hosts" | "outer"> & Pick<Source, "body">,
): Host<unknown> {
  const done = hosts.get(host);
  if (done !== undefined) return done;
  if (host.scope === null) return host;
  if (host.scope.depth < body.scope.depth) return outer.host(host);
  if (host.args.length === 0)
    throw new Error("internal: a host value of a written-out zone has no source");
  const args = host.args.map((arg) => substitute(arg, { hosts, body, outer }));
  const made = mapHost(args, host.compute as (...values: readonly unknown[]) => unknown);
  hosts.set(host, made);
  return made;
}
