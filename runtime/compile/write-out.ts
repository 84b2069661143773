import { issueError } from "../base/issue.ts";
import type { HostFeed } from "../graph/values.ts";
import type { Equation, Value } from "../ir/primitives.ts";
import { newValue, type Program } from "../ir/program.ts";
import {
  constantHost,
  evaluate,
  leafHost,
  leavesOf,
  mapHost,
  newFrame,
  type Host,
} from "../trace/host.ts";
import { isValue } from "./barriers.ts";
import { scalarValue } from "./scalar-value.ts";
import type { Build } from "./build.ts";
import type { Barrier, Carried, Loop, Region, RegionWire } from "./region.ts";
import { sortEquations } from "./sort-equations.ts";

interface Place {
  readonly build: Build;
  /** The region that holds the loop. */
  readonly region: Region;
  /** The node that needs the gradient. */
  readonly path: string;
}

/** Equations of all iterations together that are still written out. */
const mostEquations = 50_000;

/**
 * Replaces a loop by its iterations, one after another, so that a gradient can pass. Its count is fixed from
 * then on: the params that it is computed from can no longer be set by a run.
 *
 * @throws IssueError `gradient.zone` when the count is not known, or something in the body ends a step function for good.
 */
export function writeOut(place: Place, loop: Loop): void {
  const { region } = place;
  demandPlain(place, loop);
  for (const inner of loop.body.barriers.filter(({ kind }) => kind === "loop"))
    writeOut({ ...place, region: loop.body }, inner as Loop);
  const count = fixedCount(place, loop);
  const program = bodyProgram(loop.body);
  if (count * program.equations.length > mostEquations)
    throw refusal(place, loop, `is too long to be written out (${count} iterations)`);
  let states: readonly (readonly Carried[])[] = loop.states.map(({ init, current }) =>
    current.map(() => init),
  );
  const items: Host<unknown>[][] = loop.scans.map(() => []);
  const wires: RegionWire[] = [];
  for (let k = 0; k < count; k += 1) {
    const { value, host } = writeIteration(region, loop, { k, states, program });
    for (const wire of loop.body.wires)
      wires.push({ path: wire.path, value: value(wire.value), at: [k, ...(wire.at ?? [])] });
    const carry = (c: Carried): Carried =>
      c.on === "device"
        ? { on: "device", value: value(c.value) }
        : { on: "host", host: host(c.host) };
    states = loop.states.map(({ next }, s) =>
      [carry(next), ...(states[s] ?? [])].slice(0, states[s]?.length),
    );
    loop.scans.forEach(({ item }, s) => item.on === "host" && items[s]?.push(host(item.host)));
  }
  region.barriers.splice(region.barriers.indexOf(loop), 1);
  // Where the zone's own wires are: wires stand in the order in which they are computed.
  const own = region.wires.findIndex(({ path }) => path.startsWith(`${loop.path}.`));
  region.wires.splice(own < 0 ? region.wires.length : own, 0, ...wires);
  loop.states.forEach(({ final }, s) => bind(region, final, states[s]?.[0], loop.path));
  loop.scans.forEach(({ list }, s) => {
    const value = mapHost(items[s] ?? [], (...all: readonly unknown[]) => all);
    region.barriers.push({ kind: "let", host: list, value });
  });
}

function demandPlain(place: Place, loop: Loop): void {
  if (loop.stop !== undefined || loop.condition !== undefined)
    throw refusal(place, loop, "has no fixed number of iterations");
  if (loop.scans.some(({ item }) => item.on === "device"))
    throw refusal(place, loop, "collects tensors");
  const inner = loop.body.barriers.find(({ kind }) => kind === "if");
  if (inner?.kind === "if")
    throw refusal(place, loop, `holds the zone ${inner.path}, which chooses while it runs`);
}

const refusal = ({ path }: Place, loop: Loop, why: string) =>
  issueError(
    "gradient.zone",
    `the gradient's path goes through the zone ${loop.path}, which ${why}.`,
    { node: path },
    { fix: "Take the gradient inside the zone, or give it a fixed number of iterations." },
  );

/** The loop's count from the params' values; those params are fixed from now on. */
function fixedCount(place: Place, { count, path }: Loop): number {
  const { params, root } = place.build;
  const keys = new Map([...params].map(([key, { host }]) => [host as Host<unknown>, key]));
  const frame = newFrame(root, null);
  const fixed: string[] = [];
  for (const leaf of leavesOf(count)) {
    const key = keys.get(leaf);
    const param = key === undefined ? undefined : params.get(key);
    if (key === undefined || param === undefined)
      throw refusal(
        place,
        { path } as Loop,
        "has a number of iterations that is known only while it runs",
      );
    frame.values.set(leaf, param.value);
    fixed.push(key);
  }
  for (const key of fixed) {
    const param = params.get(key);
    if (param !== undefined) params.set(key, { ...param, fixed: true });
  }
  return evaluate(count, frame);
}

/** The body's equations as a program whose inputs are all that differs between iterations. */
function bodyProgram(body: Region): Program {
  const { recorder, barriers, locals, hostScalars, hostFeeds } = body;
  const equations = sortEquations(
    recorder.equations,
    recorder.equations.flatMap(({ outputs }) => outputs),
  );
  return {
    inputs: [
      ...locals,
      ...barriers.flatMap(outputsOf),
      ...hostScalars.values(),
      ...hostFeeds.keys(),
    ],
    constants: recorder.constants,
    equations,
    outputs: equations.flatMap(({ outputs }: Equation) => outputs),
  };
}

function outputsOf(barrier: Barrier): readonly Value[] {
  if (barrier.kind === "draw") return [barrier.output];
  return barrier.kind === "call" ? barrier.outputs : [];
}

function hostOutputsOf(barrier: Barrier): readonly Host<unknown>[] {
  return barrier.kind === "readback" || barrier.kind === "let" ? [barrier.host] : [];
}

interface IterationOf {
  readonly k: number;
  readonly states: readonly (readonly Carried[])[];
  readonly program: Program;
}

/** Writes iteration `k`; says what each of the body's values and host values is there. */
function writeIteration(region: Region, loop: Loop, { k, states, program }: IterationOf) {
  const { body } = loop;
  const { values, hosts } = statesNow(loop, k, states);
  for (const output of body.barriers.flatMap(outputsOf)) values.set(output, newValue(output));
  for (const given of body.barriers.flatMap(hostOutputsOf))
    hosts.set(given, leafHost(region.scope, `${loop.path} iteration ${k}`));
  const host = <T>(given: Host<T>): Host<T> => substitute(given, hosts, body) as Host<T>;
  for (const [given, value] of body.hostScalars)
    values.set(value, scalarValue(region, host(given)));
  for (const [value, feed] of body.hostFeeds) {
    const fed = newValue(value);
    region.hostFeeds.set(fed, { ...feed, host: host(feed.host) });
    values.set(value, fed);
  }
  const made = region.recorder.inline(
    program,
    program.inputs.map((input) => values.get(input) ?? input),
  );
  program.outputs.forEach((output, i) => values.set(output, made[i] ?? output));
  const value = (given: Value) => values.get(given) ?? given;
  for (const barrier of body.barriers)
    region.barriers.push(copyBarrier(barrier, { k, value, host }));
  copyMarks(body, region, value);
  return { value, host };
}

/** Marks what the copy of `body` made as what it was copied from is marked. */
function copyMarks(body: Region, region: Region, value: (value: Value) => Value): void {
  for (const stopped of body.stopped) region.stopped.add(value(stopped));
  const copies = new Map(
    [...body.evaluations].map((answers) => [answers, answers.map(value)] as const),
  );
  for (const copy of copies.values()) region.evaluations.add(copy);
  for (const [gradient, through] of body.networkGradients)
    region.networkGradients.set(
      value(gradient),
      through.map((evaluation) => copies.get(evaluation) ?? evaluation),
    );
}

/** What stands for the counter and the states of one iteration. */
function statesNow(loop: Loop, k: number, states: IterationOf["states"]) {
  const values = new Map<Value, Value>();
  const hosts = new Map<Host<unknown>, Host<unknown>>([[loop.counter, constantHost(k)]]);
  loop.states.forEach(({ current }, s) =>
    current.forEach((local, age) => {
      const now = states[s]?.[age];
      if (local.on === "device" && now?.on === "device") values.set(local.value, now.value);
      if (local.on === "host" && now?.on === "host") hosts.set(local.host, now.host);
    }),
  );
  return { values, hosts };
}

interface Renaming {
  readonly k: number;
  readonly value: (value: Value) => Value;
  readonly host: <T>(host: Host<T>) => Host<T>;
}

function copyBarrier(barrier: Barrier, { k, value, host }: Renaming): Barrier {
  switch (barrier.kind) {
    case "draw":
      return { ...barrier, output: value(barrier.output), at: [k, ...(barrier.at ?? [])] };
    case "call": {
      const feed = (given: Value | HostFeed) =>
        isValue(given) ? value(given) : { ...given, host: host(given.host) };
      const feeds = Object.fromEntries(
        Object.entries(barrier.feeds).map(([name, given]) => [name, feed(given)]),
      );
      return { ...barrier, feeds, outputs: barrier.outputs.map(value) };
    }
    case "readback":
      return { ...barrier, value: value(barrier.value), host: host(barrier.host) };
    case "let":
      return { ...barrier, host: host(barrier.host), value: host(barrier.value) };
    case "loop":
    case "if":
    case "gate":
      throw new Error(`internal: a ${barrier.kind} is written out`);
  }
}

/** A host value of the body with its leaves replaced; values of enclosing scopes stay. */
function substitute(
  host: Host<unknown>,
  known: Map<Host<unknown>, Host<unknown>>,
  body: Region,
): Host<unknown> {
  const done = known.get(host);
  if (done !== undefined) return done;
  if (host.scope === null || host.scope.depth < body.scope.depth) return host;
  if (host.args.length === 0)
    throw new Error("internal: a host value of a written-out zone has no source");
  const args = host.args.map((arg) => substitute(arg, known, body));
  const made = mapHost(args, host.compute as (...values: readonly unknown[]) => unknown);
  known.set(host, made);
  return made;
}

/** Gives the zone's port its value after the last iteration. */
function bind(region: Region, final: Carried, last: Carried | undefined, origin: string): void {
  if (final.on === "device" && last?.on === "device")
    region.recorder.append({
      op: "Identity",
      inputs: [last.value],
      params: {},
      outputs: [final.value],
      origin,
    });
  if (final.on === "host" && last?.on === "host")
    region.barriers.push({ kind: "let", host: final.host, value: last.host });
}
