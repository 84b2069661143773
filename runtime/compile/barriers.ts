import type { HostFeed } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import type { Host } from "../trace/host.ts";
import type { Barrier, Carried, If, Loop, Region } from "./region.ts";

/** What a barrier reads and defines, seen from the region that holds it. */
export interface Ports {
  readonly values: readonly Value[];
  readonly hosts: readonly Host<unknown>[];
  readonly outputs: readonly Value[];
  readonly hostOutputs: readonly Host<unknown>[];
}

const none: readonly never[] = [];

/** The inputs and outputs of a barrier. An inner region's captures are inputs of its barrier. */
export function portsOf(barrier: Barrier): Ports {
  switch (barrier.kind) {
    case "draw":
      return { values: none, hosts: none, outputs: [barrier.output], hostOutputs: none };
    case "readback":
      return { values: [barrier.value], hosts: none, outputs: none, hostOutputs: [barrier.host] };
    case "call": {
      const feeds = Object.values(barrier.feeds);
      return {
        values: feeds.filter(isValue),
        hosts: feeds.flatMap((feed) => (isValue(feed) ? [] : [feed.host])),
        outputs: barrier.outputs,
        hostOutputs: none,
      };
    }
    case "let":
      return { values: none, hosts: [barrier.value], outputs: none, hostOutputs: [barrier.host] };
    case "gate":
      return { values: none, hosts: [barrier.condition], outputs: none, hostOutputs: none };
    case "loop":
    case "if":
      return zonePorts(barrier);
  }
}

/** A zone's body is walked once: it is complete before its barrier is made. */
const known = new WeakMap<Loop | If, Ports>();

function zonePorts(zone: Loop | If): Ports {
  const ports = known.get(zone) ?? (zone.kind === "loop" ? loopPorts(zone) : ifPorts(zone));
  known.set(zone, ports);
  return ports;
}

export function isValue(feed: Value | HostFeed): feed is Value {
  return "id" in feed;
}

function loopPorts(loop: Loop): Ports {
  const inits = loop.states.map(({ init }) => init);
  const inside = [
    ...loop.states.map(({ next }) => next),
    ...loop.scans.map(({ item }) => item),
    ...[loop.condition, loop.stop].flatMap((host) => (host ? [{ on: "host", host } as const] : [])),
  ];
  const captured = capturesOf([{ region: loop.body, results: inside }]);
  return {
    values: [...valuesOf(inits), ...captured.values],
    hosts: [loop.count, ...hostsOf(inits), ...captured.hosts],
    outputs: valuesOf(loop.states.map(({ final }) => final)),
    hostOutputs: [
      ...hostsOf(loop.states.map(({ final }) => final)),
      ...loop.scans.map(({ list }) => list),
    ],
  };
}

function ifPorts({ condition, then, otherwise, outputs }: If): Ports {
  const captured = capturesOf([
    { region: then.body, results: then.results },
    { region: otherwise.body, results: otherwise.results },
  ]);
  return {
    values: captured.values,
    hosts: [condition, ...captured.hosts],
    outputs: valuesOf(outputs),
    hostOutputs: hostsOf(outputs),
  };
}

export const valuesOf = (carried: readonly Carried[]): readonly Value[] =>
  carried.flatMap((c) => (c.on === "device" ? [c.value] : []));
export const hostsOf = (carried: readonly Carried[]): readonly Host<unknown>[] =>
  carried.flatMap((c) => (c.on === "host" ? [c.host] : []));

/** Values and host values of enclosing regions that these regions read. */
function capturesOf(
  parts: readonly { readonly region: Region; readonly results: readonly Carried[] }[],
): Pick<Ports, "values" | "hosts"> {
  const values = new Set<Value>();
  const hosts = new Set<Host<unknown>>();
  for (const { region, results } of parts) {
    const defined = new Set<Value>([
      ...region.locals,
      ...region.recorder.constants.keys(),
      ...region.hostScalars.values(),
      ...region.hostFeeds.keys(),
      ...region.recorder.equations.flatMap(({ outputs }) => outputs),
    ]);
    const read: Value[] = [...valuesOf(results)];
    const readHosts: Host<unknown>[] = [
      ...hostsOf(results),
      ...region.hostScalars.keys(),
      ...[...region.hostFeeds.values()].map(({ host }) => host),
    ];
    for (const { inputs } of region.recorder.equations)
      read.push(...inputs.flatMap((input) => input ?? []));
    for (const barrier of region.barriers) {
      const ports = portsOf(barrier);
      for (const value of ports.outputs) defined.add(value);
      read.push(...ports.values);
      readHosts.push(...ports.hosts);
    }
    for (const value of read) if (!defined.has(value)) values.add(value);
    const seen = new Set<Host<unknown>>();
    for (const host of readHosts) collectOuter(host, region, { into: hosts, seen });
  }
  return { values: [...values], hosts: [...hosts] };
}

/** The parts of a host value that belong to scopes around `region`. */
function collectOuter(
  host: Host<unknown>,
  region: Region,
  found: { readonly into: Set<Host<unknown>>; readonly seen: Set<Host<unknown>> },
): void {
  if (host.scope === null || found.seen.has(host)) return;
  found.seen.add(host);
  if (host.scope.depth < region.scope.depth) found.into.add(host);
  else for (const arg of host.args) collectOuter(arg, region, found);
}
