import { issueError, type IssueError } from "../base/issue.ts";
import { valuesOf } from "../compile/barriers.ts";
import type { Compiled } from "../compile/compile.ts";
import { planRegions, type Tap } from "../compile/plan-regions.ts";
import type { Loop, Region } from "../compile/region.ts";
import { downloadValue, runRegion, type Engine } from "./engine.ts";
import { dropAll, get, newLiveFrame, put, type LiveFrame } from "./live-frame.ts";
import type { NoisePosition } from "./noise/noise-source.ts";
import { loopRunner } from "./run-loop.ts";
import { resultOf } from "./outputs.ts";

interface Broken {
  readonly loop: Loop;
  readonly frame: LiveFrame;
  /** Where the noise source stood when the iteration began. */
  readonly noise: NoisePosition;
}

interface Place {
  readonly path: string;
  readonly iteration: readonly number[];
}

/** Runs the iteration again with a tap on every wire, and names the first that is not finite. */
export async function explainNotFinite(
  engine: Engine,
  compiled: Compiled,
  { loop, frame, noise }: Broken,
): Promise<IssueError> {
  const first = new Map<readonly Tap[], Place>();
  const plan = planRegions(compiled, () => true);
  const replay: Engine = {
    ...engine,
    plan,
    spent: { ...engine.spent },
    counts: { ...engine.counts },
    runLoop: loopRunner(unwatched),
    observe: recorder(first),
  };
  engine.noise.seek(noise);
  const again = newLiveFrame(frame.scope, frame.parent, frame.indices.at(-1));
  for (const [host, value] of frame.values)
    if (host.args.length === 0) again.values.set(host, value);
  for (const value of valuesOf(loop.states.flatMap(({ current }) => current)))
    put(again, value, get(frame, value));
  try {
    await runRegion(replay, loop.body, again);
  } finally {
    dropAll(again);
  }
  const placeIn = (region: Region) => first.get(plan.tapsOf(region));
  const at = firstBad(compiled, placeIn, loop.body) ?? {
    path: loop.path,
    iteration: frame.indices,
  };
  const dot = at.path.lastIndexOf(".");
  return issueError(
    "run.not-finite",
    `The values became infinite or not a number.`,
    {
      node: dot < 0 ? at.path : at.path.slice(0, dot),
      ...(dot < 0 ? {} : { port: at.path.slice(dot + 1) }),
      zone: loop.path,
      iteration: at.iteration,
    },
    { fix: "A step size that is too large is the usual cause; the last finite state is kept." },
  );
}

/** Loops inside a replayed iteration: nobody watches them. */
const unwatched: Parameters<typeof loopRunner>[0] = {
  resume: async () => undefined,
  before: async () => {},
  after: async () => {},
  ended: async () => {},
  scanned: (engine, { carry }) => resultOf(engine, carry),
};

/** Keeps, for the taps of each region, the first wire that is not finite: first in time, then in the order of the wiring. */
function recorder(first: Map<readonly Tap[], Place>): Engine["observe"] {
  return async (engine, taps, frame) => {
    if (first.has(taps)) return;
    for (const { path, value, at = [] } of taps) {
      const { data } = await downloadValue(engine, frame, value);
      if ((data as Float32Array).every((v) => Number.isFinite(v))) continue;
      first.set(taps, { path, iteration: [...frame.indices, ...at] });
      return;
    }
  };
}

/** The first bad wire of the region; a zone's port is followed into the zone. */
function firstBad(
  compiled: Compiled,
  placeIn: (region: Region) => Place | undefined,
  region: Region,
): Place | undefined {
  const first = placeIn(region);
  if (first === undefined) return undefined;
  const zone = first.path.slice(0, first.path.lastIndexOf("."));
  const inner = compiled.regions.find(
    (r) =>
      r.parent === region &&
      (r.scope.path === zone || r.scope.path.startsWith(`${zone}/`)) &&
      placeIn(r) !== undefined,
  );
  return inner === undefined ? first : (firstBad(compiled, placeIn, inner) ?? first);
}
