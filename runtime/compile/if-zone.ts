import { issueError } from "../base/issue.ts";
import type { Branch as BranchNode, IfZone } from "../graph/document.ts";
import { newValue } from "../ir/program.ts";
import { leafHost } from "../trace/host.ts";
import { buildBody, newEnvironment, resolve, type Environment } from "./environment.ts";
import type { Branch, Carried } from "./region.ts";
import { carriedWire, carry, sameKind } from "./states.ts";
import { isAbsent } from "./wires.ts";
import { hostOf, innerRegion, type Outputs } from "./zone-parts.ts";

/** Builds an if zone: each branch is a region, of which a run executes one. */
export function buildIf(environment: Environment, zone: IfZone, path: string): Outputs {
  const condition = hostOf(environment, zone.in.condition, path);
  const then = buildBranch(environment, zone.then, `${path}/then`);
  const otherwise = buildBranch(environment, zone.else, `${path}/else`);
  const missing = Object.keys(zone.then.outputs).flatMap((name) => {
    const wires = [then.wires.get(name), otherwise.wires.get(name)];
    const [first] = wires.filter((wire) => wire !== undefined && isAbsent(wire));
    return first === undefined ? [] : [[name, first] as const];
  });
  const left = new Map(missing);
  const names = Object.keys(zone.then.outputs).filter((name) => !left.has(name));
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
  return Object.fromEntries([
    ...missing,
    ...names.map(
      (name, i) =>
        [name, carriedWire(outputs[i] as Carried, then.results.get(name)?.wire)] as const,
    ),
  ]);
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
  const wires = new Map(
    Object.entries(branch.outputs).map(([name, ref]) => [name, resolve(inner, ref)] as const),
  );
  const results = new Map(
    [...wires].flatMap(([name, wire]) => {
      const carried = carry(wire);
      return carried === undefined ? [] : [[name, { wire, carried }] as const];
    }),
  );
  return { region, wires, results };
}
