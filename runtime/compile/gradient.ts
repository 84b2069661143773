import { issueError } from "../base/issue.ts";
import { backward } from "../autodiff/backward.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { full } from "../trace/math.ts";
import { isValue, portsOf } from "./barriers.ts";
import type { Build } from "./build.ts";
import { networkProgram } from "./network.ts";
import type { Barrier, Call, Region } from "./region.ts";
import { sortEquations } from "./sort-equations.ts";
import { writeOut } from "./write-out.ts";

interface Place {
  readonly build: Build;
  readonly region: Region;
  readonly path: string;
}

interface Wanted {
  readonly of: Value;
  readonly wrt: Value;
  readonly cotangent: Value | undefined;
}

/**
 * The gradient of `of` (weighted by `cotangent`, default ones) with respect to `wrt`, written into the region.
 * Networks on the way are inlined: their separate call is dropped. Loops on the way are written out.
 *
 * @throws IssueError `gradient.no-path`, `gradient.zone`, `gradient.no-rule`.
 */
export function takeGradient(place: Place, { of, wrt, cotangent }: Wanted): Value {
  const { region, path } = place;
  const evaluations = openPath(place, of, wrt);
  demandWhole(place, of, wrt);
  const ones = () => full(region.recorder, of.dtype, of.shape, 1);
  const seeds = new Map([[of, cotangent ?? ones()]]);
  const [gradient] = backward(
    region.recorder,
    sortEquations(region.recorder.equations, [of]),
    seeds,
    [wrt],
    {
      blocked: (value) => region.stopped.has(value),
    },
  );
  if (gradient === undefined || gradient === null)
    throw issueError(
      "gradient.no-path",
      "nothing that the gradient is taken of depends on the wire it is taken with respect to",
      { node: path },
      { fix: "Wire `wrt` to a tensor upstream of `of`, in the same zone." },
    );
  if (evaluations > 0) region.networkGradients.set(gradient, evaluations);
  return gradient;
}

/**
 * Replaces the calls between `wrt` and `of` by the networks' equations, and the loops by their iterations;
 * says how many evaluations of networks lie between them.
 */
function openPath(place: Place, of: Value, wrt: Value): number {
  const { region } = place;
  for (
    let between = barriersBetween(region, of, wrt);
    between.length > 0;
    between = barriersBetween(region, of, wrt)
  )
    for (const barrier of between) openBarrier(place, barrier);
  const down = dependents(region, wrt);
  const up = ancestors(region, of);
  return [...region.evaluations].filter((value) => down.has(value) && up.has(value)).length;
}

function openBarrier(place: Place, barrier: Barrier): void {
  if (barrier.kind === "call") return inlineCall(place.region, barrier);
  if (barrier.kind === "loop") return writeOut(place, barrier);
  throw issueError(
    "gradient.zone",
    `the gradient's path goes through ${barrier.kind === "if" ? `the zone ${barrier.path}` : "a value read back to the host"}, which cannot be differentiated`,
    { node: place.path },
    { fix: "Take the gradient inside the zone, or write its iterations out." },
  );
}

/** Refuses a gradient of which only a part would be seen: one whose path leaves the zone and comes back. */
function demandWhole({ region, path }: Place, of: Value, wrt: Value): void {
  const up = ancestors(region, of);
  for (let outer = region.parent; outer !== null; outer = outer.parent) {
    const down = dependents(outer, wrt);
    const through = outer.wires.find(
      ({ value }) => value !== wrt && down.has(value) && up.has(value),
    );
    if (through !== undefined)
      throw issueError(
        "gradient.zone",
        `the gradient's path goes through ${through.path}, outside of the zone that takes the gradient.`,
        { node: path },
        {
          fix: "Compute what lies on the path inside the zone, or take the gradient outside of it.",
        },
      );
  }
}

function inlineCall(region: Region, call: Call): void {
  const shapes = Object.fromEntries(
    Object.entries(call.feeds).map(([name, { shape }]) => [name, shape]),
  );
  const { program, inputNames } = networkProgram(call.model, shapes);
  const args = inputNames.map((name) => {
    const feed = call.feeds[name];
    if (feed === undefined) throw new Error(`internal: ${call.model.name} has no feed for ${name}`);
    if (isValue(feed)) return feed;
    const value = newValue({ dtype: feed.dtype, shape: feed.shape });
    region.hostFeeds.set(value, feed);
    return value;
  });
  const outputs = region.recorder.inline(program, args);
  outputs.forEach((output, i) => {
    const alias = call.outputs[i];
    if (alias === undefined) return;
    region.recorder.append({
      op: "Identity",
      inputs: [output],
      params: {},
      outputs: [alias],
      origin: call.origin,
    });
    if (i === 0) region.evaluations.add(alias);
  });
  region.barriers.splice(region.barriers.indexOf(call), 1);
}

/** Barriers that depend on `wrt` and that `of` depends on. */
function barriersBetween(region: Region, of: Value, wrt: Value): readonly Barrier[] {
  const down = dependents(region, wrt);
  const up = ancestors(region, of);
  return region.barriers.filter((barrier) => {
    const { values, outputs } = portsOf(barrier);
    return (
      values.some((v) => down.has(v)) && outputs.some((v) => up.has(v) && !region.stopped.has(v))
    );
  });
}

interface Flow {
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
}

function flows(region: Region): readonly Flow[] {
  return [
    ...region.recorder.equations,
    ...region.barriers.map((barrier) => {
      const { values, outputs } = portsOf(barrier);
      return { inputs: values, outputs };
    }),
  ];
}

/** `value` and everything computed from it, gradients stopped where they are. */
function dependents(region: Region, value: Value): ReadonlySet<Value> {
  const found = new Set<Value>([value]);
  const all = flows(region);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { inputs, outputs } of all) {
      if (!inputs.some((input) => input !== null && found.has(input))) continue;
      outputs
        .filter((output) => !region.stopped.has(output))
        .forEach((output) => found.add(output));
    }
  }
  return found;
}

function ancestors(region: Region, value: Value): ReadonlySet<Value> {
  const maker = new Map(
    flows(region).flatMap((flow) => flow.outputs.map((output) => [output, flow])),
  );
  const found = new Set<Value>([value]);
  for (const current of found) {
    if (region.stopped.has(current)) continue;
    for (const input of maker.get(current)?.inputs ?? []) if (input !== null) found.add(input);
  }
  return found;
}
