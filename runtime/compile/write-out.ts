import { issueError } from "../base/issue.ts";
import type { Value } from "../ir/primitives.ts";
import { constantHost, evaluate, leavesOf, mapHost, newFrame, type Host } from "../trace/host.ts";
import { bodiesOf } from "./barriers.ts";
import type { Build } from "./build.ts";
import type { Carried, If, Loop, Region, RegionWire } from "./region.ts";
import {
  bind,
  insertWires,
  renamed,
  sourceOf,
  unchanged,
  writeBody,
  type Copy,
  type Renaming,
} from "./write-body.ts";

interface Place {
  readonly build: Build;
  /** The region that holds the zone. */
  readonly region: Region;
  /** The node that needs the gradient. */
  readonly path: string;
}

/** Equations of all iterations together that are still written out. */
const mostEquations = 50_000;

/**
 * Replaces a zone by what it does, so that a gradient can pass: a loop by its iterations, one after another, a
 * zone that chooses by the branch that it takes. How often and which is fixed from then on: the params that it is
 * computed from can no longer be set by a run.
 *
 * @throws IssueError `gradient.zone` when that is not known, or something in a body ends a step function for good.
 */
export function writeOut(place: Place, zone: Loop | If): void {
  const { region } = place;
  const inside =
    zone.kind === "loop" ? writeLoop(place, zone) : writeBranch(place, zone, unchanged);
  region.barriers.splice(region.barriers.indexOf(zone), 1);
  insertWires(region.wires, zone.path, inside);
}

function writeLoop(place: Place, loop: Loop): readonly RegionWire[] {
  const { region } = place;
  demandPlain(place, loop);
  writeInnerLoops(place, loop.body);
  const count = fixedCount(place, loop);
  if (count * sizeOf(loop.body) > mostEquations)
    throw refusal(place, loop, `is too long to be written out (${count} iterations)`);
  const source = sourceOf(loop.body);
  let states: States = loop.states.map(({ init, current }) => current.map(() => init));
  const items: Host<unknown>[][] = loop.scans.map(() => []);
  const wires: RegionWire[] = [];
  for (let k = 0; k < count; k += 1) {
    const choose: Copy["choose"] = (inner, renaming) => writeBranch(place, inner, renaming, [k]);
    const now = { ...statesNow(loop, k, states), at: [k], outer: unchanged, choose };
    const made = writeBody(region, source, now);
    wires.push(...made.wires);
    states = loop.states.map(({ next }, s) =>
      [renamed(next, made), ...(states[s] ?? [])].slice(0, states[s]?.length),
    );
    loop.scans.forEach(({ item }, s) => item.on === "host" && items[s]?.push(made.host(item.host)));
  }
  loop.states.forEach(({ final }, s) => bind(region, final, states[s]?.[0], loop.path));
  loop.scans.forEach(({ list }, s) => {
    const value = mapHost(items[s] ?? [], (...all: readonly unknown[]) => all);
    region.barriers.push({ kind: "let", host: list, value });
  });
  return wires;
}

/** @param outer what stands for the values of the region that holds the zone, where that is a copy. */
// oxlint-disable-next-line max-params -- where, which, among what, in which iterations
function writeBranch(
  place: Place,
  zone: If,
  outer: Renaming,
  at: readonly number[] = [],
): readonly RegionWire[] {
  const { region } = place;
  const condition = fixedNumber(place, outer.host(zone.condition));
  if (condition === undefined) throw refusal(place, zone, "chooses while it runs");
  const { body, results } = condition === 0 ? zone.otherwise : zone.then;
  writeInnerLoops(place, body);
  const choose: Copy["choose"] = (inner, renaming) => writeBranch(place, inner, renaming, at);
  const copy = { at, values: new Map(), hosts: new Map(), outer, choose };
  const made = writeBody(region, sourceOf(body), copy);
  zone.outputs.forEach((output, i) => {
    const result = results[i];
    if (result !== undefined)
      bind(region, renamed(output, outer), renamed(result, made), zone.path);
  });
  return made.wires;
}

function writeInnerLoops(place: Place, body: Region): void {
  for (const inner of body.barriers.filter((barrier) => barrier.kind === "loop"))
    writeOut({ ...place, region: body }, inner);
}

/** Equations of one copy of the body, whichever branches it takes. */
function sizeOf({ recorder, barriers }: Region): number {
  return barriers.reduce(
    (size, barrier) => size + Math.max(0, ...bodiesOf(barrier).map(sizeOf)),
    recorder.equations.length,
  );
}

function demandPlain(place: Place, loop: Loop): void {
  if (loop.stop !== undefined || loop.condition !== undefined)
    throw refusal(place, loop, "has no fixed number of iterations");
  if (loop.scans.some(({ item }) => item.on === "device"))
    throw refusal(place, loop, "collects tensors");
}

const cures = {
  loop: "Take the gradient inside the zone, or give it a fixed number of iterations.",
  if: "Take the gradient inside the zone, or let params, constants and the counters of zones with a fixed number of iterations decide.",
} as const;

const refusal = ({ path }: Place, zone: Loop | If, why: string) =>
  issueError(
    "gradient.zone",
    `the gradient's path goes through the zone ${zone.path}, which ${why}.`,
    { node: path },
    { fix: cures[zone.kind] },
  );

function fixedCount(place: Place, loop: Loop): number {
  const count = fixedNumber(place, loop.count);
  if (count !== undefined) return count;
  throw refusal(place, loop, "has a number of iterations that is known only while it runs");
}

/** A number from the params' values, which are fixed from now on; undefined where more decides. */
function fixedNumber({ build }: Place, host: Host<number>): number | undefined {
  const { params, root } = build;
  const keys = new Map([...params].map(([key, param]) => [param.host as Host<unknown>, key]));
  const frame = newFrame(root, null);
  const fixed: string[] = [];
  for (const leaf of leavesOf(host)) {
    const key = keys.get(leaf);
    const param = key === undefined ? undefined : params.get(key);
    if (key === undefined || param === undefined) return undefined;
    frame.values.set(leaf, param.value);
    fixed.push(key);
  }
  for (const key of fixed) {
    const param = params.get(key);
    if (param !== undefined) params.set(key, { ...param, fixed: true });
  }
  return evaluate(host, frame);
}

type States = readonly (readonly Carried[])[];

/** What stands for the counter and the states of one iteration. */
function statesNow(loop: Loop, k: number, states: States) {
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
