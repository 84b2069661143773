import type { Value } from "../ir/primitives.ts";
import type { Host } from "../trace/host.ts";
import { hostsOf, portsOf, valuesOf, type Reads } from "./barriers.ts";
import type { RegionPlan, Step } from "./plan.ts";
import type { Barrier, Region } from "./region.ts";

/** What each zone's body reads from around it. */
export type Captures = (zone: Barrier) => Reads;

/** What a barrier reads of the region that holds it, what its body reads included. */
export function readsOfBarrier(barrier: Barrier, captures: Captures): Reads {
  const { values, hosts } = portsOf(barrier);
  if (barrier.kind !== "loop" && barrier.kind !== "if") return { values, hosts };
  const inside = captures(barrier);
  return { values: [...values, ...inside.values], hosts: [...hosts, ...inside.hosts] };
}

/** Values and host values of enclosing regions that the plans read; what they leave out reads nothing. */
export function capturesOf(plans: readonly RegionPlan[], captures: Captures): Reads {
  const values = new Set<Value>();
  const hosts = new Set<Host<unknown>>();
  for (const { region, steps, results } of plans) {
    const made = new Set<Value>([...region.locals, ...steps.flatMap(madeBy)]);
    const reads = steps.map((step) => readsOf(step, captures));
    const read = [...reads.flatMap((r) => r.values), ...valuesOf(results)];
    for (const value of read) if (!made.has(value)) values.add(value);
    const seen = new Set<Host<unknown>>();
    for (const host of [...reads.flatMap((r) => r.hosts), ...hostsOf(results)])
      collectOuter(host, region, { into: hosts, seen });
  }
  return { values: [...values], hosts: [...hosts] };
}

/** What a step needs to be there. */
export function readsOf(step: Step, captures: Captures): Reads {
  switch (step.kind) {
    case "segment":
      return {
        values: step.tensors,
        hosts: [...step.scalars, ...step.feeds.map(({ feed }) => feed.host)],
      };
    case "upload":
      return { values: [], hosts: [] };
    default:
      return readsOfBarrier(step, captures);
  }
}

function madeBy(step: Step): readonly Value[] {
  if (step.kind === "segment") return step.outputs;
  return step.kind === "upload" ? [step.value] : portsOf(step).outputs;
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
