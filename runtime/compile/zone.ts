import { issueError } from "../base/issue.ts";
import {
  isForEach,
  isIfZone,
  isWhile,
  type Loop as LoopZone,
  type Zone,
} from "../graph/document.ts";
import type { Ref } from "../graph/refs.ts";
import { leafHost, mapHost, type Host } from "../trace/host.ts";
import { buildBody, newEnvironment, resolve, type Environment } from "./environment.ts";
import { addHealth } from "./health.ts";
import { buildIf } from "./if-zone.ts";
import type { Loop, LoopScan, LoopState, Region } from "./region.ts";
import { carriedWire, carry, currentWire, loopState, type Rail } from "./states.ts";
import { isAbsent, scalarWire, type Wire } from "./wires.ts";
import { eachLists, loopCount } from "./zone-count.ts";
import { hostOf, innerRegion, type Outputs } from "./zone-parts.ts";

/** Builds a zone: its body becomes a region of its own, its output ports are finals and scans. */
export function buildZone(environment: Environment, zone: Zone, path: string): Outputs {
  if (isIfZone(zone)) return buildIf(environment, zone, path);
  return withoutList(environment, zone) ?? buildLoop(environment, zone, path);
}

/** A zone over a list that was not given is absent. */
function withoutList(environment: Environment, zone: LoopZone): Outputs | null {
  if (!isForEach(zone)) return null;
  for (const ref of Object.values(zone.each)) {
    const wire = resolve(environment, ref);
    if (isAbsent(wire)) return absentOutputs(zone, wire.why);
  }
  return null;
}

function buildLoop(environment: Environment, zone: LoopZone, path: string): Outputs {
  const region = innerRegion(environment, path, 1);
  const counter = leafHost<number>(region.scope, `${path}.k`);
  const lists = isForEach(zone)
    ? eachLists(environment, zone.each, path)
    : new Map<string, Host<readonly unknown[]>>();
  const count = loopCount(environment, zone, { path, lists });
  const names = railNames(counter, count);
  const elements = elementsOf(lists, counter);
  for (const [name, value] of elements) names.set(name, { kind: "element", value });
  const rails = stateRails(environment, zone, region, path);
  for (const {
    name,
    current: [now],
  } of rails)
    if (now !== undefined) names.set(name, now);
  const history = new Map(rails.map(({ name, current }) => [name, current.slice(1)]));
  const inner = newEnvironment({
    build: environment.build,
    maker: environment.maker,
    region,
    outer: environment,
    prefix: `${path}/`,
    body: zone.body,
    zone: path.split("/").at(-1),
    names,
    history,
    blocks: environment.blocks,
  });
  buildBody(inner);
  const live = rails.filter(({ init }) => !isAbsent(init));
  const broken = live.map(({ state }) => resolve(inner, state.next)).find(isAbsent);
  if (broken !== undefined) return absentOutputs(zone, broken.why);
  const states = live.map((rail): LoopState => loopState(inner, environment.region, rail, path));
  const { scans, missing } = zoneScans(inner, environment.region, zone, path);
  const outermost = region.loops === 1;
  environment.region.barriers.push({
    kind: "loop",
    path,
    body: region,
    count,
    counter,
    states,
    scans,
    elements: isForEach(zone) ? levelsFirst(zone, elements) : [],
    outermost,
    ...endings(inner, zone, path),
    health: outermost ? addHealth(region, states) : undefined,
  });
  return Object.fromEntries([
    ...rails.map(({ name, init }) => [name, init] as const).filter(([, init]) => isAbsent(init)),
    ...states.map(({ name, final }, i) => [name, carriedWire(final, live[i]?.init)] as const),
    ...missing,
    ...scans.map(({ name, list }) => [name, { kind: "list", value: list }] as const),
  ]) as Outputs;
}

const elementsOf = (
  lists: ReadonlyMap<string, Host<readonly unknown[]>>,
  counter: Host<number>,
): ReadonlyMap<string, Host<unknown>> =>
  new Map([...lists].map(([name, list]) => [name, mapHost([list, counter], (l, k) => l[k])]));

/** A schedule's levels stand before those that they step to. */
function levelsFirst(
  { each }: { readonly each: Readonly<Record<string, Ref>> },
  elements: ReadonlyMap<string, Host<unknown>>,
): readonly Host<unknown>[] {
  const isLevels = (name: string) => Number(each[name]?.endsWith(".levels") !== true);
  return [...elements].toSorted(([a], [b]) => isLevels(a) - isLevels(b)).map(([, host]) => host);
}

function stateRails(
  environment: Environment,
  zone: LoopZone,
  region: Region,
  path: string,
): readonly Rail[] {
  return Object.entries(zone.states ?? {}).map(([name, state]) => {
    const init = resolve(environment, state.init);
    const current = Array.from({ length: state.depth ?? 1 }, () =>
      currentWire(init, region, `${path}.${name}`),
    );
    return { name, state, init, current };
  });
}

/** What ends the loop beside its count. */
function endings(
  inner: Environment,
  zone: LoopZone,
  path: string,
): Pick<Loop, "stop" | "condition"> {
  if (isWhile(zone)) {
    const condition = hostOf(inner, zone.while, path);
    inner.region.barriers.push({ kind: "gate", condition });
    return { condition };
  }
  return zone.stop === undefined ? {} : { stop: hostOf(inner, zone.stop, path) };
}

function absentOutputs(zone: LoopZone, why: string): Outputs {
  const ports = [...Object.keys(zone.states ?? {}), ...Object.keys(zone.scans ?? {})];
  return Object.fromEntries(ports.map((name) => [name, { kind: "absent", why }]));
}

function railNames(counter: Host<number>, count: Host<number>): Map<string, Wire> {
  return new Map<string, Wire>([
    ["k", scalarWire(counter)],
    ["N", scalarWire(count)],
    ["isFirst", scalarWire(mapHost([counter], (k) => Number(k === 0)))],
    ["isLast", scalarWire(mapHost([counter, count], (k, n) => Number(k === n - 1)))],
  ]);
}

/** What the zone collects; what is absent is not collected. */
function zoneScans(inner: Environment, outer: Region, zone: LoopZone, path: string) {
  const all = Object.entries(zone.scans ?? {}).map(([name, ref]) => ({
    name,
    ref,
    wire: resolve(inner, ref),
  }));
  const scans = all.filter(({ wire }) => !isAbsent(wire)).map((item) => scan(outer, item, path));
  const missing = all.flatMap(({ name, wire }) => (isAbsent(wire) ? [[name, wire] as const] : []));
  return { scans, missing };
}

function scan(
  outer: Region,
  { name, ref, wire }: { readonly name: string; readonly ref: Ref; readonly wire: Wire },
  path: string,
): LoopScan {
  const item = carry(wire);
  if (item === undefined)
    throw issueError(
      "zone.scan",
      `${name} cannot be collected: ${ref} is neither a tensor nor a number.`,
      { node: path, port: name },
    );
  return { name, item, list: leafHost(outer.scope, `${path}.${name}`) };
}
