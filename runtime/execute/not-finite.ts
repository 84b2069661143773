import { issueError, type IssueError } from "../base/issue.ts";
import type { Compiled } from "../compile/compile.ts";
import { planRegions, type Plan } from "../compile/plan-regions.ts";
import type { Loop, Region } from "../compile/region.ts";
import { downloadValue, runRegion, type Engine } from "./engine.ts";
import { dropAll, newLiveFrame, type LiveFrame } from "./live-frame.ts";
import type { NoisePosition } from "./noise/noise-source.ts";

interface Broken {
  readonly loop: Loop;
  readonly frame: LiveFrame;
  /** Where the noise source stood when the iteration began. */
  readonly noise: NoisePosition;
}

/** Runs the iteration again with a tap on every wire, and names the first that is not finite. */
export async function explainNotFinite(
  engine: Engine, compiled: Compiled, { loop, frame, noise }: Broken,
): Promise<IssueError> {
  const plan = planRegions(compiled, () => true);
  const bad = new Map<Region, { readonly path: string; readonly iteration: readonly number[] }[]>();
  const replay: Engine = { ...engine, plan, spent: { ...engine.spent }, counts: { ...engine.counts }, observe: recorder(bad) };
  engine.noise.seek(noise);
  const again = newLiveFrame(frame.scope, frame.parent, frame.indices.at(-1));
  for (const [host, value] of frame.values) if (host.args.length === 0) again.values.set(host, value);
  for (const { current } of loop.states)
    for (const carried of current)
      if (carried.on === "device") {
        const held = frame.tensors.get(carried.value);
        if (held !== undefined) again.tensors.set(carried.value, { ...held, holders: 2 });
      }
  await runRegion(replay, loop.body, again);
  dropAll(again);
  const first = firstBad(plan, bad, loop.body);
  const at = first ?? { path: loop.path, iteration: frame.indices };
  const dot = at.path.lastIndexOf(".");
  return issueError(
    "run.not-finite",
    `The values became infinite or not a number.`,
    { node: dot < 0 ? at.path : at.path.slice(0, dot), ...(dot < 0 ? {} : { port: at.path.slice(dot + 1) }), iteration: at.iteration },
    { fix: "A step size that is too large is the usual cause; the last finite state is kept." },
  );
}

function recorder(bad: Map<Region, { path: string; iteration: readonly number[] }[]>): Engine["observe"] {
  return async (engine, region, frame) => {
    for (const { path, value } of engine.plan.tapsOf(region)) {
      const { data } = await downloadValue(engine, frame, value);
      const finite = (data as Float32Array).every((v) => Number.isFinite(Number(v)));
      if (!finite) bad.set(region, [...(bad.get(region) ?? []), { path, iteration: frame.indices }]);
    }
  };
}

/** The first bad wire in the order of the wiring; a zone's port is followed into the zone. */
function firstBad(
  plan: Plan,
  bad: ReadonlyMap<Region, readonly { readonly path: string; readonly iteration: readonly number[] }[]>,
  region: Region,
): { readonly path: string; readonly iteration: readonly number[] } | undefined {
  const [first] = bad.get(region) ?? [];
  const inner = plan.compiled.regions.find(
    (r) => r.parent === region && bad.has(r) && (first === undefined || first.path.startsWith(r.scope.path)),
  );
  return inner === undefined ? first : (firstBad(plan, bad, inner) ?? first);
}
