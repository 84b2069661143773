import { issueError } from "../base/issue.ts";
import {
  isForEach,
  isIfZone,
  isWhile,
  type Branch as BranchNode,
  type IfZone,
  type Loop as LoopZone,
  type Zone,
} from "../graph/document.ts";
import type { Ref } from "../graph/refs.ts";
import type { Scalar } from "../graph/values.ts";
import { newValue } from "../ir/program.ts";
import { leafHost, mapHost, newScope, type Host } from "../trace/host.ts";
import { readBack } from "./context.ts";
import { buildBody, newEnvironment, resolve, type Environment } from "./environment.ts";
import { addHealth } from "./health.ts";
import {
  newRegion,
  type Branch,
  type Carried,
  type Loop,
  type LoopScan,
  type LoopState,
  type Region,
} from "./region.ts";
import { carriedWire, carry, currentWire, loopState, sameKind, type Rail } from "./states.ts";
import { expressionHost, paramHost } from "./scalar-param.ts";
import { portValue, scalarWire, type Wire } from "./wires.ts";

type Outputs = Readonly<Record<string, Wire>>;

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
    if (wire.kind === "absent") return absentOutputs(zone, wire.why);
  }
  return null;
}

function innerRegion(environment: Environment, path: string, loops: 0 | 1): Region {
  const { region } = environment;
  return newRegion(newScope(region.scope, path), region, region.batch, loops);
}

function buildLoop(environment: Environment, zone: LoopZone, path: string): Outputs {
  const region = innerRegion(environment, path, 1);
  const counter = leafHost<number>(region.scope, `${path}.k`);
  const lists = isForEach(zone)
    ? eachLists(environment, zone.each, path)
    : new Map<string, Host<readonly unknown[]>>();
  const count = loopCount(environment, zone, { path, lists });
  const names = railNames(counter, count);
  for (const [name, list] of lists)
    names.set(name, { kind: "element", value: mapHost([list, counter], (l, k) => l[k]) });
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
  const states = rails.map((rail): LoopState => loopState(inner, environment.region, rail, path));
  const absent = rails.find(({ init }) => init.kind === "absent")?.init;
  if (absent?.kind === "absent") return absentOutputs(zone, absent.why);
  const scans = Object.entries(zone.scans ?? {}).map(([name, ref]) =>
    scan(inner, environment.region, { name, ref, path }),
  );
  const outermost = region.loops === 1;
  environment.region.barriers.push({
    kind: "loop",
    path,
    body: region,
    count,
    counter,
    states,
    scans,
    outermost,
    ...endings(inner, zone, path),
    health: outermost ? addHealth(region, states) : undefined,
  });
  return Object.fromEntries([
    ...states.map(({ name, final }, i) => [name, carriedWire(final, rails[i]?.init)] as const),
    ...scans.map(({ name, list }) => [name, { kind: "list", value: list }] as const),
  ]) as Outputs;
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

function eachLists(
  environment: Environment,
  each: Readonly<Record<string, Ref>>,
  path: string,
): ReadonlyMap<string, Host<readonly unknown[]>> {
  return new Map(
    Object.entries(each).map(([name, ref]) => {
      const wire = resolve(environment, ref);
      if (wire.kind !== "list")
        throw issueError("port.mismatch", `${name} goes over a list, got a ${wire.kind}.`, {
          node: path,
          port: name,
        });
      return [name, wire.value] as const;
    }),
  );
}

/** Iterations: the lists' common length, the count, or for a while zone its limit. */
function loopCount(
  environment: Environment,
  zone: LoopZone,
  {
    path,
    lists,
  }: { readonly path: string; readonly lists: ReadonlyMap<string, Host<readonly unknown[]>> },
): Host<number> {
  if (isForEach(zone)) {
    const names = [...lists.keys()];
    return mapHost([...lists.values()], (...all) => commonLength(all, names, path));
  }
  const name = isWhile(zone) ? "max" : "count";
  const ref = zone.in?.[name];
  if (ref !== undefined) return hostOf(environment, ref, path);
  const written = zone.params?.[name];
  if (typeof written === "string" && written.startsWith("="))
    return expressionHost(environment, written.slice(1), () => undefined);
  if (typeof written !== "number")
    throw issueError("param.missing", `${name} is missing: how many iterations?`, {
      node: path,
      port: name,
    });
  return paramHost(environment.build, `${path}.${name}`, written);
}

function commonLength(
  lists: readonly (readonly unknown[])[],
  names: readonly string[],
  path: string,
): number {
  const lengths = lists.map((list) => list.length);
  const [first = 0] = lengths;
  if (lengths.every((length) => length === first)) return first;
  const said = names.map((name, i) => `${name} has ${lengths[i]}`).join(", ");
  throw issueError("zone.lengths", `the lists of a for-each zone must have one length: ${said}.`, {
    node: path,
  });
}

/** The host number that a reference stands for; a device scalar is read back. */
function hostOf(environment: Environment, ref: Ref, path: string): Host<number> {
  const scalar = portValue(resolve(environment, ref), { kind: "scalar" }) as Scalar | undefined;
  if (scalar === undefined)
    throw issueError("port.mismatch", `${ref} is no scalar.`, { node: path });
  return scalar.on === "host" ? scalar.host : readBack(environment.region, scalar.value, path);
}

function scan(
  inner: Environment,
  outer: Region,
  { name, ref, path }: { readonly name: string; readonly ref: Ref; readonly path: string },
): LoopScan {
  const item = carry(resolve(inner, ref));
  if (item === undefined)
    throw issueError(
      "zone.scan",
      `${name} cannot be collected: ${ref} is neither a tensor nor a number.`,
      { node: path, port: name },
    );
  return { name, item, list: leafHost(outer.scope, `${path}.${name}`) };
}

function buildIf(environment: Environment, zone: IfZone, path: string): Outputs {
  const condition = hostOf(environment, zone.in.condition, path);
  const then = buildBranch(environment, zone.then, `${path}/then`);
  const otherwise = buildBranch(environment, zone.else, `${path}/else`);
  const names = Object.keys(zone.then.outputs);
  const outputs = names.map((name): Carried => {
    const [a, b] = [then.results.get(name), otherwise.results.get(name)];
    if (
      a === undefined ||
      b === undefined ||
      a.carried.on !== b.carried.on ||
      !sameKind(a.wire, b.wire)
    )
      throw issueError("zone.branches", `both branches must give ${name}, and of one kind.`, {
        node: path,
        port: name,
      });
    if (a.carried.on === "host")
      return { on: "host", host: leafHost<unknown>(environment.region.scope, `${path}.${name}`) };
    if (String(a.carried.value.shape) !== String((b.carried as typeof a.carried).value.shape))
      throw issueError("zone.branches", `the branches give ${name} with different shapes.`, {
        node: path,
        port: name,
      });
    return { on: "device", value: newValue(a.carried.value) };
  });
  const results = (branch: typeof then): Branch => ({
    body: branch.region,
    results: names.flatMap((name) => branch.results.get(name)?.carried ?? []),
  });
  environment.region.barriers.push({
    kind: "if",
    path,
    condition,
    then: results(then),
    otherwise: results(otherwise),
    outputs,
  });
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      carriedWire(outputs[i] as Carried, then.results.get(name)?.wire),
    ]),
  );
}

function buildBranch(environment: Environment, branch: BranchNode, path: string) {
  const region = innerRegion(environment, path, 0);
  const inner = newEnvironment({
    build: environment.build,
    maker: environment.maker,
    region,
    outer: environment,
    prefix: `${path}/`,
    body: branch.body,
    names: new Map(),
    blocks: environment.blocks,
  });
  buildBody(inner);
  const results = new Map(
    Object.entries(branch.outputs).flatMap(([name, ref]) => {
      const wire = resolve(inner, ref);
      const carried = carry(wire);
      return carried === undefined ? [] : [[name, { wire, carried }] as const];
    }),
  );
  return { region, results };
}
