import { bodiesOf, type Reads } from "./barriers.ts";
import { capturesOf, readsOfBarrier, type Captures } from "./captures.ts";
import type { Compiled } from "./compile.ts";
import { partition } from "./partition.ts";
import type { RegionPlan } from "./plan.ts";
import type { Barrier, Carried, Region, RegionWire } from "./region.ts";
import { carry } from "./states.ts";
import type { Wire } from "./wires.ts";

/** What each region executes; `taps` are wires that must be there after every iteration. */
export interface Plan {
  readonly compiled: Compiled;
  readonly of: (region: Region) => RegionPlan;
  readonly tapsOf: (region: Region) => readonly Tap[];
  /** What a barrier needs of the region that holds it, for its body too. */
  readonly readsOf: (barrier: Barrier) => Reads;
}

export type Tap = RegionWire;

/** Splits every region into steps. Planning again with other taps changes no result. */
export function planRegions(
  compiled: Compiled,
  tapped: (wire: RegionWire, region: Region) => boolean = () => false,
): Plan {
  const results = new Map<Region, readonly Carried[]>([
    [compiled.root, compiled.outputs.flatMap(({ wire }) => wireResult(wire))],
  ]);
  for (const region of compiled.regions)
    for (const barrier of region.barriers) addResults(barrier, results);
  const plans = new Map<Region, RegionPlan>();
  const taps = new Map<Region, readonly Tap[]>();
  const planOf = (region: Region) => found(plans, region);
  const captured = new Map<Barrier, Reads>();
  const captures: Captures = (zone) => {
    const reads = captured.get(zone) ?? capturesOf(bodiesOf(zone).map(planOf), captures);
    captured.set(zone, reads);
    return reads;
  };
  /** With taps in them or in what is inside of them. */
  const watched = new Set<Region>();
  const isWatched = (body: Region) => watched.has(body);
  // Bodies first: what their plans read of a region is what that region has to make for them.
  for (const region of compiled.regions.toReversed()) {
    const here = region.wires.filter((wire) => tapped(wire, region));
    taps.set(region, here);
    const zones = region.barriers.filter((barrier) => bodiesOf(barrier).some(isWatched));
    if (here.length + zones.length > 0) watched.add(region);
    const kept = here.map(({ value }) => ({ on: "device", value }) as const);
    const wanted = { results: [...(results.get(region) ?? []), ...kept], zones };
    plans.set(region, partition(region, wanted, captures));
  }
  return {
    compiled,
    of: planOf,
    tapsOf: (region) => found(taps, region),
    readsOf: (barrier) => readsOfBarrier(barrier, captures),
  };
}

function found<T>(map: ReadonlyMap<Region, T>, region: Region): T {
  const plan = map.get(region);
  if (plan === undefined) throw new Error(`internal: no plan for ${region.scope.path}`);
  return plan;
}

/** What an output wire needs of the region it stands in. */
export function wireResult(wire: Wire): readonly Carried[] {
  const carried = carry(wire);
  return carried === undefined ? [] : [carried];
}

function addResults(barrier: Barrier, results: Map<Region, readonly Carried[]>): void {
  if (barrier.kind === "if") {
    results.set(barrier.then.body, barrier.then.results);
    results.set(barrier.otherwise.body, barrier.otherwise.results);
  }
  if (barrier.kind !== "loop") return;
  const { states, scans, stop, condition, health } = barrier;
  const host = [stop, condition].flatMap((h) =>
    h === undefined ? [] : [{ on: "host", host: h } as const],
  );
  results.set(barrier.body, [
    ...states.map(({ next }) => next),
    ...scans.map(({ item }) => item),
    ...host,
    ...(health === undefined ? [] : [{ on: "device", value: health } as const]),
  ]);
}
