import { issueError } from "../base/issue.ts";
import { backward } from "../autodiff/backward.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { full } from "../trace/math.ts";
import { isValue, portsOf } from "./barriers.ts";
import type { Build } from "./build.ts";
import { networkProgram } from "./network.ts";
import { ancestors, dependents, flowsOf, type Item } from "./flow.ts";
import { demandWhole, keepTaken } from "./demand-whole.ts";
import type { Barrier, Call, Evaluation, Region } from "./region.ts";
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
 * Networks on the way are inlined: their separate call is dropped. Zones on the way are written out.
 *
 * @throws IssueError `gradient.no-path`, `gradient.zone`, `gradient.no-rule`.
 */
export function takeGradient(place: Place, { of, wrt, cotangent }: Wanted): Value {
  const { region, path } = place;
  const evaluations = openPath(place, of, wrt);
  const taken = { region, of, wrt, path, zones: [] };
  demandWhole(taken);
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
  keepTaken(region, taken);
  if (evaluations.length > 0) region.networkGradients.set(gradient, evaluations);
  return gradient;
}

/**
 * Replaces the calls between `wrt` and `of` by the networks' equations, and the zones by what they do;
 * says which evaluations of networks lie between them.
 */
function openPath(place: Place, of: Value, wrt: Value): readonly Evaluation[] {
  const { region } = place;
  for (;;) {
    const on = pathBetween(region, of, wrt);
    const between = region.barriers.filter((barrier) => {
      const { outputs, hostOutputs } = portsOf(barrier);
      return [...outputs, ...hostOutputs].some(on);
    });
    if (between.length === 0) return [...region.evaluations].filter((answers) => answers.some(on));
    for (const barrier of between) openBarrier(place, barrier);
  }
}

/** Whether an item depends on `wrt`, and `of` on it. */
function pathBetween(region: Region, of: Value, wrt: Value): (item: Item) => boolean {
  const flows = flowsOf([region]);
  const down = dependents(flows, wrt);
  const up = ancestors(flows, of);
  return (item) => item !== wrt && down.has(item) && up.has(item);
}

function openBarrier(place: Place, barrier: Barrier): void {
  if (barrier.kind === "call") return inlineCall(place.region, barrier);
  if (barrier.kind === "loop" || barrier.kind === "if") return writeOut(place, barrier);
  const by = barrier.kind === "readback" ? ` by ${barrier.origin}` : "";
  throw issueError(
    "gradient.zone",
    `the gradient's path goes through a value read back to the host${by}, which cannot be differentiated.`,
    { node: place.path },
    {
      fix: "Keep the number in tensor arithmetic, or stop the gradient before it (gradient/stop).",
    },
  );
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
  region.evaluations.add(call.outputs);
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
  });
  region.barriers.splice(region.barriers.indexOf(call), 1);
}
