import { partition } from "./partition.ts";
import type { RegionPlan } from "./plan.ts";
import type { Barrier, Carried, Region, RegionWire } from "./region.ts";
import type { Compiled } from "./compile.ts";
import { carry } from "./states.ts";
import type { Wire } from "./wires.ts";

/** What each region executes; `taps` are wires that must be there after every iteration. */
export interface Plan {
  readonly compiled: Compiled;
  readonly of: (region: Region) => RegionPlan;
  readonly tapsOf: (region: Region) => readonly Tap[];
}

export type Tap = RegionWire;

/** Splits every region into steps. Planning again with other taps changes no result. */
export function planRegions(
  compiled: Compiled,
  tapped: (path: string) => boolean = () => false,
): Plan {
  const results = new Map<Region, readonly Carried[]>([
    [compiled.root, compiled.outputs.flatMap(({ wire }) => wireResult(wire))],
  ]);
  for (const region of compiled.regions)
    for (const barrier of region.barriers) addResults(barrier, results);
  const plans = new Map<Region, RegionPlan>();
  const taps = new Map<Region, readonly Tap[]>();
  for (const region of compiled.regions) {
    const here = region.wires.filter(({ path }) => tapped(path));
    taps.set(region, here);
    plans.set(
      region,
      partition(
        region,
        results.get(region) ?? [],
        here.map(({ value }) => value),
      ),
    );
  }
  const found = <T>(map: ReadonlyMap<Region, T>, region: Region): T => {
    const plan = map.get(region);
    if (plan === undefined) throw new Error(`internal: no plan for ${region.scope.path}`);
    return plan;
  };
  return {
    compiled,
    of: (region) => found(plans, region),
    tapsOf: (region) => found(taps, region),
  };
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
