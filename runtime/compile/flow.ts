import type { Equation, Value } from "../ir/primitives.ts";
import { isFloat } from "../rules/family.ts";
import { ruleOf } from "../rules/table.ts";
import type { Host } from "../trace/host.ts";
import { isValue } from "./barriers.ts";
import type { Barrier, Branch, Call, Carried, If, Loop, Region } from "./region.ts";

/** What a derivative may pass: a tensor or a number of the host. */
export type Item = Value | Host<unknown>;

/** Outputs that change smoothly with the inputs. */
export interface Flow {
  readonly inputs: readonly Item[];
  readonly outputs: readonly Item[];
}

export const isHost = (item: Item): item is Host<unknown> => "args" in item;

/**
 * How values of these regions and of all zones in them depend on one another, on the host too. What only
 * decides (an if's condition, a loop's count and its end) and what is piecewise constant makes no flow, nor
 * does what a gradient is stopped at. `around`: zones whose states carry values into the regions.
 */
export function flowsOf(
  regions: readonly Region[],
  around: readonly (Loop | If)[] = [],
): readonly Flow[] {
  const flows = [...regions.flatMap(regionFlows), ...around.flatMap(carryFlows)];
  return [...flows, ...argumentFlows(flows)];
}

/** `item` and everything computed from it. */
export function dependents(flows: readonly Flow[], item: Item): ReadonlySet<Item> {
  return reached(flows, item, ({ inputs, outputs }) => [inputs, outputs]);
}

/** `item` and everything that it is computed from. */
export function ancestors(flows: readonly Flow[], item: Item): ReadonlySet<Item> {
  return reached(flows, item, ({ inputs, outputs }) => [outputs, inputs]);
}

function reached(
  flows: readonly Flow[],
  from: Item,
  ends: (flow: Flow) => readonly [near: readonly Item[], far: readonly Item[]],
): ReadonlySet<Item> {
  const next = new Map<Item, (readonly Item[])[]>();
  for (const flow of flows) {
    const [near, far] = ends(flow);
    for (const item of near) {
      const known = next.get(item);
      if (known === undefined) next.set(item, [far]);
      else known.push(far);
    }
  }
  const found = new Set<Item>([from]);
  for (const item of found)
    for (const far of next.get(item) ?? []) for (const f of far) found.add(f);
  return found;
}

function regionFlows(region: Region): readonly Flow[] {
  const flows = [
    ...region.recorder.equations.flatMap(equationFlow),
    ...region.barriers.flatMap(barrierFlows),
    ...[...region.hostScalars].map(([host, value]) => ({ inputs: [host], outputs: [value] })),
    ...[...region.hostFeeds]
      .filter(([value]) => isFloat(value))
      .map(([value, { host }]) => ({ inputs: [host], outputs: [value] })),
  ];
  if (region.stopped.size === 0) return flows;
  const passes = (item: Item) => isHost(item) || !region.stopped.has(item);
  return flows.map(({ inputs, outputs }) => ({ inputs, outputs: outputs.filter(passes) }));
}

function equationFlow(equation: Equation): readonly Flow[] {
  const rule = ruleOf(equation);
  if (rule !== undefined && typeof rule.vjp !== "function") return [];
  const outputs = equation.outputs.filter(isFloat);
  return [{ inputs: equation.inputs.flatMap((input) => input ?? []), outputs }];
}

function barrierFlows(barrier: Barrier): readonly Flow[] {
  switch (barrier.kind) {
    case "draw":
    case "gate":
      return [];
    case "call":
      return [callFlow(barrier)];
    case "readback":
      return isFloat(barrier.value) ? [{ inputs: [barrier.value], outputs: [barrier.host] }] : [];
    case "let":
      return [{ inputs: [barrier.value], outputs: [barrier.host] }];
    case "loop":
      return [...regionFlows(barrier.body), ...carryFlows(barrier)];
    case "if":
      return [barrier.then, barrier.otherwise].flatMap((branch) => [
        ...regionFlows(branch.body),
        ...branchFlows(branch, barrier),
      ]);
  }
}

function callFlow({ feeds, outputs }: Call): Flow {
  const inputs = Object.values(feeds).filter(isFloat);
  return {
    inputs: inputs.map((feed) => (isValue(feed) ? feed : feed.host)),
    outputs: outputs.filter(isFloat),
  };
}

const itemOf = (carried: Carried): Item => (carried.on === "device" ? carried.value : carried.host);

/** From one iteration to the next, in and out. */
function carryFlows(zone: Loop | If): readonly Flow[] {
  if (zone.kind === "if") return [];
  return [
    ...zone.states.map(({ init, current, next, final }) => ({
      inputs: [itemOf(init), itemOf(next)],
      outputs: [...current, final].map(itemOf),
    })),
    ...zone.scans.map(({ item, list }) => ({ inputs: [itemOf(item)], outputs: [list] })),
  ];
}

function branchFlows({ results }: Branch, { outputs }: If): readonly Flow[] {
  return results.flatMap((result, i) => {
    const output = outputs[i];
    return output === undefined ? [] : [{ inputs: [itemOf(result)], outputs: [itemOf(output)] }];
  });
}

/** How the host values that the flows read are computed from one another. */
function argumentFlows(flows: readonly Flow[]): readonly Flow[] {
  const hosts = new Set(flows.flatMap(({ inputs }) => inputs.filter(isHost)));
  for (const host of hosts) for (const arg of host.args) hosts.add(arg);
  return [...hosts]
    .filter(({ args }) => args.length > 0)
    .map((host) => ({ inputs: host.args, outputs: [host] }));
}
