import { issueError } from "../base/issue.ts";
import type { Value } from "../ir/primitives.ts";
import { bodiesOf, portsOf } from "./barriers.ts";
import { ancestors, dependents, flowsOf, isHost, type Item } from "./flow.ts";
import type { If, Loop, Region, TakenGradient } from "./region.ts";

/**
 * Refuses a gradient of which only a part would be seen: one whose path leaves the zone that takes it and
 * comes back, as a value of an enclosing zone or as the state of one. States of zones that are not complete
 * yet are seen by `demandWholeInside`.
 *
 * @throws IssueError `gradient.zone`.
 */
export function demandWhole(taken: TakenGradient): void {
  const { region, of, wrt, path, zones } = taken;
  const regions = regionsTo(region, wrt);
  if (regions.length === 1) return;
  const inside = flowsOf([region]);
  const seen = dependents(inside, wrt);
  const down = dependents(flowsOf(regions, zones), wrt);
  const missed = [...ancestors(inside, of)].filter((item) => down.has(item) && !seen.has(item));
  if (missed.length === 0) return;
  throw issueError(
    "gradient.zone",
    `the gradient's path goes through ${nameOf(missed, regions, zones)}, outside of the zone that takes the gradient.`,
    { node: path },
    {
      fix: "Compute what lies on the path inside the zone, take the gradient outside of it, or stop it there (gradient/stop).",
    },
  );
}

/** Keeps a gradient for when the zones around it are complete: their states may lie on its path. */
export function keepTaken(region: Region, taken: TakenGradient): void {
  if (region.parent !== null && !defines(region, taken.wrt)) region.taken.push(taken);
}

/**
 * Looks again at the gradients taken inside the zones that were completed in `region`.
 *
 * @throws IssueError `gradient.zone`.
 */
export function demandWholeInside(region: Region): void {
  for (const zone of region.barriers) {
    if (zone.kind !== "loop" && zone.kind !== "if") continue;
    for (const inner of bodiesOf(zone).flatMap(({ taken }) => taken.splice(0))) {
      const taken = { ...inner, zones: [...inner.zones, zone] };
      demandWhole(taken);
      keepTaken(region, taken);
    }
  }
}

/** The region and those around it, up to the one that `value` is of. */
function regionsTo(region: Region, value: Value): readonly Region[] {
  if (region.parent === null || defines(region, value)) return [region];
  return [region, ...regionsTo(region.parent, value)];
}

function defines({ locals, recorder, barriers }: Region, value: Value): boolean {
  return (
    locals.has(value) ||
    recorder.constants.has(value) ||
    recorder.equations.some(({ outputs }) => outputs.includes(value)) ||
    barriers.some((barrier) => portsOf(barrier).outputs.includes(value))
  );
}

/** What to call the first of the items that has a name: a wire, else a state, else the node that makes it. */
function nameOf(
  items: readonly Item[],
  regions: readonly Region[],
  zones: readonly (Loop | If)[],
): string {
  const names = [wireName, stateName, originName].map((name) =>
    items.map((item) => name(item, regions, zones)).find((found) => found !== undefined),
  );
  const read = items.some(isHost) ? "a value read back to the host" : "a tensor";
  return names.find((name) => name !== undefined) ?? read;
}

type NameOf = (
  item: Item,
  regions: readonly Region[],
  zones: readonly (Loop | If)[],
) => string | undefined;

const wireName: NameOf = (item, regions) =>
  regions.flatMap(({ wires }) => wires.find(({ value }) => value === item) ?? [])[0]?.path;

const stateName: NameOf = (item, _, zones) => {
  for (const zone of zones)
    for (const { name, current } of zone.kind === "loop" ? zone.states : [])
      if (current.some((c) => (c.on === "device" ? c.value : c.host) === item))
        return `the state ${name} of the zone ${zone.path}`;
  return undefined;
};

const originName: NameOf = (item, regions) => {
  if (isHost(item)) return undefined;
  for (const { recorder } of regions)
    for (const { outputs, origin } of recorder.equations) if (outputs.includes(item)) return origin;
  return undefined;
};
