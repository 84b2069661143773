import { issueError, type IssueAt, type IssueError } from "../base/issue.ts";
import { bodiesOf } from "../compile/barriers.ts";
import { planRegions, type Plan, type Tap } from "../compile/plan-regions.ts";
import type { Loop, Region } from "../compile/region.ts";
import type { Value } from "../ir/primitives.ts";
import { downloadValue, runRegion, type Engine } from "./engine.ts";
import { dropAll, holds, type LiveFrame } from "./live-frame.ts";
import type { NoisePosition } from "./noise/noise-source.ts";
import { resultOf } from "./outputs.ts";
import { enter, type LoopProgress } from "./loop-progress.ts";
import { loopRunner } from "./run-loop.ts";
import { isWithin } from "../graph/within.ts";

interface Broken {
  readonly loop: Loop;
  /** The frame that holds the loop. */
  readonly frame: LiveFrame;
  /** The states with which the broken iteration began. */
  readonly before: LoopProgress;
  /** Where the noise source stood then. */
  readonly noise: NoisePosition;
  /** What the iteration was computed with. */
  readonly plan: Plan;
}

interface Place {
  readonly path: string;
  readonly iteration: readonly number[];
}

/**
 * Runs the iteration again with a tap on every wire that it makes, those of inner zones too, and names the first
 * that is not finite. Noise depends on its place only, so that the iteration is the same.
 */
export async function explainNotFinite(
  engine: Engine,
  { loop, frame, before, noise, plan }: Broken,
): Promise<IssueError> {
  const again = enter(loop, frame, before);
  try {
    const given = await badInput(engine, plan, loop, again);
    if (given !== undefined) return givenBad(loop, again, given);
    engine.noise.seek(noise);
    return madeBad(loop, (await replay(engine, plan, loop, again)) ?? placeOf(loop, again));
  } finally {
    dropAll(again);
  }
}

const placeOf = ({ path }: Loop, { indices }: LiveFrame): Place => ({ path, iteration: indices });

async function replay(
  engine: Engine,
  plan: Plan,
  loop: Loop,
  frame: LiveFrame,
): Promise<Place | undefined> {
  const first = new Map<readonly Tap[], Place>();
  const { compiled } = plan;
  const executed = new Set(regionsIn(plan, loop.body));
  const tapped = planRegions(
    compiled,
    ({ value }, region) => executed.has(region) && plan.of(region).made.has(value),
  );
  const replaying: Engine = {
    ...engine,
    plan: tapped,
    spent: { ...engine.spent },
    counts: { ...engine.counts },
    runLoop: loopRunner(unwatched),
    observe: recorder(first),
  };
  await runRegion(replaying, loop.body, frame);
  return firstBad(compiled.regions, (region) => first.get(tapped.tapsOf(region)), loop.body);
}

/** The region and those inside it that the plan executes. */
function regionsIn(plan: Plan, region: Region): readonly Region[] {
  const inside = plan
    .of(region)
    .steps.flatMap((step) => (step.kind === "loop" || step.kind === "if" ? bodiesOf(step) : []));
  return [region, ...inside.flatMap((body) => regionsIn(plan, body))];
}

function madeBad(loop: Loop, { path, iteration }: Place): IssueError {
  const [step, ...inner] = iteration.map((each) => each + 1);
  const within =
    inner.length === 0 ? "" : `, inner step${inner.length > 1 ? "s" : ""} ${inner.join(", ")}`;
  return issueError(
    "run.not-finite",
    `The values became infinite or not a number in step ${step} of ${loop.path}${within}.`,
    { ...wireAt(path), zone: loop.path, iteration },
    { fix: "A step size that is too large is the usual cause; the last finite state is kept." },
  );
}

function givenBad(loop: Loop, { indices }: LiveFrame, path: string): IssueError {
  return issueError(
    "run.not-finite",
    `The zone ${loop.path} was given values that are infinite or not a number.`,
    { ...wireAt(path), zone: loop.path, iteration: indices },
    { fix: "Probe the wires that lead to it." },
  );
}

function wireAt(path: string): IssueAt {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? { node: path } : { node: path.slice(0, dot), port: path.slice(dot + 1) };
}

/** The wire, or the state, from which the iteration has a value that is not finite already. */
async function badInput(
  engine: Engine,
  plan: Plan,
  loop: Loop,
  frame: LiveFrame,
): Promise<string | undefined> {
  for (const { name, init, current } of loop.states)
    for (const carried of current)
      if (carried.on === "device" && !(await isFinite(engine, frame, carried.value)))
        return (
          (init.on === "device" ? wireOf(loop, init.value) : undefined) ?? `${loop.path}.${name}`
        );
  for (const value of plan.readsOf(loop).values) {
    const path = wireOf(loop, value);
    if (path !== undefined && holds(frame, value) && !(await isFinite(engine, frame, value)))
      return path;
  }
  return undefined;
}

/** The name of a value from around the loop. */
function wireOf({ body }: Loop, value: Value): string | undefined {
  for (let region = body.parent; region !== null; region = region.parent) {
    const wire = region.wires.find((w) => w.value === value);
    if (wire !== undefined) return wire.path;
  }
  return undefined;
}

async function isFinite(engine: Engine, frame: LiveFrame, value: Value): Promise<boolean> {
  const { data } = await downloadValue(engine, frame, value);
  return (data as Float32Array).every((v) => Number.isFinite(v));
}

/** Loops inside a replayed iteration: nobody watches them. */
const unwatched: Parameters<typeof loopRunner>[0] = {
  resume: async () => undefined,
  before: async () => {},
  after: async () => {},
  ended: async () => {},
  failed: async (error) => error,
  scanned: (engine, { carry }) => resultOf(engine, carry),
  limited: () => {},
};

/** Keeps, for the taps of each region, the first wire that is not finite: first in time, then in the order of the wiring. */
function recorder(first: Map<readonly Tap[], Place>): Engine["observe"] {
  return async (engine, taps, frame) => {
    if (first.has(taps)) return;
    for (const { path, value, at = [] } of taps) {
      if (await isFinite(engine, frame, value)) continue;
      first.set(taps, { path, iteration: [...frame.indices, ...at] });
      return;
    }
  };
}

/** The first bad wire of the region; a zone's port is followed into the zone. */
function firstBad(
  regions: readonly Region[],
  placeIn: (region: Region) => Place | undefined,
  region: Region,
): Place | undefined {
  const first = placeIn(region);
  if (first === undefined) return undefined;
  const zone = first.path.slice(0, first.path.lastIndexOf("."));
  const inner = regions.find(
    (r) => r.parent === region && isWithin(r.scope.path, zone) && placeIn(r) !== undefined,
  );
  return inner === undefined ? first : (firstBad(regions, placeIn, inner) ?? first);
}
