import { issueError } from "../base/issue.ts";
import type { Equation, Value } from "../ir/primitives.ts";
import type { Host } from "../trace/host.ts";
import { hostsOf, portsOf, valuesOf, type Reads } from "./barriers.ts";
import { readsOf, readsOfBarrier, type Captures } from "./captures.ts";
import type { RegionPlan, Step, Upload } from "./plan.ts";
import { constantOf, type Barrier, type Carried, type Evaluation, type Region } from "./region.ts";
import { makeSegment } from "./segment.ts";

/**
 * Splits what a region recorded into steps: every equation belongs to the first step function in
 * which all it reads is there, and what nothing needs is dropped.
 *
 * @param results what has to be there at the end.
 * @param zones those that are executed whether something needs them or not.
 * @param captures what the zones of the region read of it.
 */
export function partition(
  region: Region,
  { results, zones }: { readonly results: readonly Carried[]; readonly zones: readonly Barrier[] },
  captures: Captures,
): RegionPlan {
  const index = indexRegion(region, captures);
  const stages = stageAll(region, index, [
    ...valuesOf(results).flatMap((value) => producers(value, index)),
    ...hostsOf(results).flatMap((host) => hostProducers(host, region, index)),
    ...zones,
  ]);
  const steps = emitSteps(region, index, stages, results);
  const made = new Set([
    ...[...stages.equations.keys()].flatMap(({ outputs }) => outputs),
    ...[...stages.barriers.keys()].flatMap((barrier) => portsOf(barrier).outputs),
  ]);
  return { region, steps, results, made, lastUse: lastUses(steps, results, captures) };
}

interface Index {
  readonly equationOf: ReadonlyMap<Value, Equation>;
  readonly barrierOf: ReadonlyMap<Value, Barrier>;
  readonly hostBarrierOf: ReadonlyMap<Host<unknown>, Barrier>;
  readonly hostOfScalar: ReadonlyMap<Value, Host<number>>;
  readonly reads: (barrier: Barrier) => Reads;
  /** Barriers that wait for the same things run in the order of the wiring. */
  readonly orderOf: (barrier: Barrier) => number;
}

function indexRegion(region: Region, captures: Captures): Index {
  const equationOf = new Map<Value, Equation>();
  for (const equation of region.recorder.equations)
    for (const output of equation.outputs) equationOf.set(output, equation);
  const barrierOf = new Map<Value, Barrier>();
  const hostBarrierOf = new Map<Host<unknown>, Barrier>();
  for (const barrier of region.barriers) {
    const { outputs, hostOutputs } = portsOf(barrier);
    for (const output of outputs) barrierOf.set(output, barrier);
    for (const host of hostOutputs) hostBarrierOf.set(host, barrier);
  }
  const hostOfScalar = new Map([...region.hostScalars].map(([host, value]) => [value, host]));
  const order = new Map(region.barriers.map((barrier, i) => [barrier, i]));
  return {
    equationOf,
    barrierOf,
    hostBarrierOf,
    hostOfScalar,
    reads: (barrier) => readsOfBarrier(barrier, captures),
    orderOf: (barrier) => order.get(barrier) ?? 0,
  };
}

/** The stage at which each needed thing is executed; things that are not needed have none. */
interface Stages {
  readonly equations: ReadonlyMap<Equation, number>;
  readonly barriers: ReadonlyMap<Barrier, number>;
}

/** What a walk visits: equations and barriers; dependencies are walked without recursion, networks are deep. */
type Item = Equation | Barrier;

function stageAll(region: Region, index: Index, roots: readonly Item[]): Stages {
  const stage = new Map<Item, number>();
  const gate = region.barriers.find(({ kind }) => kind === "gate");
  if (gate !== undefined) stageFrom([gate], 0);
  stageFrom(roots, gate === undefined ? 0 : after(gate, stage));

  function stageFrom(from: readonly Item[], earliest: number): void {
    const open = new Set<Item>();
    const stack = [...from];
    for (let item = stack.at(-1); item !== undefined; item = stack.at(-1)) {
      if (stage.has(item)) {
        stack.pop();
        continue;
      }
      const needs = producersOf(item, region, index);
      const missing = needs.filter((need) => !stage.has(need));
      if (missing.length === 0) {
        stage.set(
          item,
          needs.reduce((s, need) => Math.max(s, after(need, stage)), earliest),
        );
        stack.pop();
      } else {
        if (open.has(item))
          throw issueError("graph.cycle", "this zone's wires form a cycle", {
            node: region.scope.path,
          });
        open.add(item);
        for (const need of missing) stack.push(need);
      }
    }
  }

  const equations = new Map<Equation, number>();
  const barriers = new Map<Barrier, number>();
  for (const [item, s] of stage) {
    if ("op" in item) equations.set(item, s);
    else barriers.set(item, s);
  }
  return { equations, barriers };
}

/** A draw waits for nothing: it is made before its stage's step function, and does not split it. */
const isDraw = (item: Item) => !("op" in item) && item.kind === "draw";

const after = (item: Item, stage: ReadonlyMap<Item, number>) =>
  (stage.get(item) ?? 0) + ("op" in item || isDraw(item) ? 0 : 1);

function producersOf(item: Item, region: Region, index: Index): Item[] {
  if ("op" in item)
    return item.inputs.flatMap((input) =>
      input === null ? [] : [...producers(input, index), ...scalarProducers(input, region, index)],
    );
  const { values, hosts } = index.reads(item);
  return [
    ...values.flatMap((value) => [
      ...producers(value, index),
      ...scalarProducers(value, region, index),
    ]),
    ...hosts.flatMap((host) => hostProducers(host, region, index)),
  ];
}

function producers(value: Value, index: Index): Item[] {
  const item = index.equationOf.get(value) ?? index.barrierOf.get(value);
  return item === undefined ? [] : [item];
}

function scalarProducers(value: Value, region: Region, index: Index): Item[] {
  const host = index.hostOfScalar.get(value) ?? region.hostFeeds.get(value)?.host;
  return host === undefined ? [] : hostProducers(host, region, index);
}

/** The barriers of this region that a host value waits for. */
function hostProducers(host: Host<unknown>, region: Region, index: Index): Item[] {
  const found = new Set<Item>();
  const seen = new Set<Host<unknown>>();
  const walk = (h: Host<unknown>) => {
    if (seen.has(h) || h.scope === null || h.scope.depth < region.scope.depth) return;
    seen.add(h);
    const barrier = index.hostBarrierOf.get(h);
    if (barrier !== undefined) found.add(barrier);
    h.args.forEach(walk);
  };
  walk(host);
  return [...found];
}

function emitSteps(
  region: Region,
  index: Index,
  stages: Stages,
  wanted: readonly Carried[],
): readonly Step[] {
  const kept = laterReads(index, stages, wanted);
  const equations = byStage(stages.equations); // insertion order is topological
  const barriers = byStage(stages.barriers);
  const steps: Step[] = uploads(region, index, stages, wanted);
  const counted = new Set<Evaluation>();
  const count = Math.max(equations.length, barriers.length);
  for (let s = 0; s < count; s += 1) {
    const here = equations[s] ?? [];
    const ends = (barriers[s] ?? []).toSorted((a, b) => index.orderOf(a) - index.orderOf(b));
    const outputs = here.flatMap((e) => e.outputs.filter((o) => kept.has(o)));
    steps.push(...ends.filter(isDraw));
    if (outputs.length > 0)
      steps.push(
        makeSegment(region, { equations: here, outputs, hostOf: index.hostOfScalar, counted }),
      );
    steps.push(...ends.filter((barrier) => !isDraw(barrier)));
  }
  return steps;
}

function byStage<T>(stages: ReadonlyMap<T, number>): T[][] {
  const lists: T[][] = [];
  for (const [item, s] of stages) {
    while (lists.length <= s) lists.push([]);
    lists[s]?.push(item);
  }
  return lists;
}

/** Values that must still be there after the step function that makes them. */
function laterReads(index: Index, stages: Stages, wanted: readonly Carried[]): ReadonlySet<Value> {
  const made = new Map<Value, number>();
  for (const [equation, s] of stages.equations)
    for (const output of equation.outputs) made.set(output, s);
  const kept = new Set<Value>();
  const keep = (value: Value) => {
    if (made.has(value)) kept.add(value);
  };
  valuesOf(wanted).forEach(keep);
  for (const [equation, s] of stages.equations)
    for (const input of equation.inputs)
      if (input !== null && made.has(input) && made.get(input) !== s) keep(input);
  for (const barrier of stages.barriers.keys()) index.reads(barrier).values.forEach(keep);
  return kept;
}

/** Constants that a barrier or a result reads directly. */
function uploads(region: Region, index: Index, stages: Stages, wanted: readonly Carried[]): Step[] {
  const direct = new Set<Value>([
    ...valuesOf(wanted),
    ...[...stages.barriers.keys()].flatMap((barrier) => index.reads(barrier).values),
  ]);
  return [...direct].flatMap((value): Upload[] => {
    if (index.equationOf.has(value) || index.barrierOf.has(value)) return [];
    const data = constantOf(region, value);
    return data === undefined ? [] : [{ kind: "upload", value, data }];
  });
}

function lastUses(
  steps: readonly Step[],
  wanted: readonly Carried[],
  captures: Captures,
): ReadonlyMap<Value, number> {
  const last = new Map<Value, number>();
  steps.forEach((step, i) => {
    for (const value of readsOf(step, captures).values) last.set(value, i);
  });
  for (const value of valuesOf(wanted)) last.set(value, Number.POSITIVE_INFINITY);
  return last;
}
