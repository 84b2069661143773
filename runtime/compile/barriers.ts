import type { HostFeed } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import type { Host } from "../trace/host.ts";
import type { Barrier, Carried, Loop, Region } from "./region.ts";

/** What a barrier reads and defines, seen from the region that holds it. */
export interface Ports extends Reads {
  readonly outputs: readonly Value[];
  readonly hostOutputs: readonly Host<unknown>[];
}

export interface Reads {
  readonly values: readonly Value[];
  readonly hosts: readonly Host<unknown>[];
}

const none: readonly never[] = [];

/** The inputs and outputs of a barrier; what a zone's body reads from outside depends on the plan (`captures.ts`). */
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
      return loopPorts(barrier);
    case "if":
      return {
        values: none,
        hosts: [barrier.condition],
        outputs: valuesOf(barrier.outputs),
        hostOutputs: hostsOf(barrier.outputs),
      };
  }
}

export function isValue(feed: Value | HostFeed): feed is Value {
  return "id" in feed;
}

function loopPorts({ count, states, scans }: Loop): Ports {
  const inits = states.map(({ init }) => init);
  const finals = states.map(({ final }) => final);
  return {
    values: valuesOf(inits),
    hosts: [count, ...hostsOf(inits)],
    outputs: valuesOf(finals),
    hostOutputs: [...hostsOf(finals), ...scans.map(({ list }) => list)],
  };
}

/** The regions inside of a zone. */
export function bodiesOf(barrier: Barrier): readonly Region[] {
  if (barrier.kind === "loop") return [barrier.body];
  return barrier.kind === "if" ? [barrier.then.body, barrier.otherwise.body] : none;
}

export const valuesOf = (carried: readonly Carried[]): readonly Value[] =>
  carried.flatMap((c) => (c.on === "device" ? [c.value] : []));
export const hostsOf = (carried: readonly Carried[]): readonly Host<unknown>[] =>
  carried.flatMap((c) => (c.on === "host" ? [c.host] : []));
