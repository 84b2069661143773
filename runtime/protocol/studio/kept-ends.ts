import type { LoopCheckpoint } from "../../execute/events.ts";
import { sameValue } from "../../base/same-value.ts";
import type { RunRequest } from "../requests.ts";
import type { StudioRun } from "./requests.ts";
import { unchangedZones } from "./unchanged-zones.ts";
import { isWireOf } from "../../graph/within.ts";

/** A run, as it was asked for and compiled. */
export interface RunAsked {
  readonly asked: StudioRun;
  readonly compile: RunRequest["compile"];
}

/** A zone's end, and the run that recorded its iterations. */
export interface ZoneEnd<Run> {
  readonly end: LoopCheckpoint;
  readonly run: Run;
}

/**
 * The zones of an earlier run that another one may take as they ended: nothing that they are made from differs, nor do
 * seed, samples, files and backend, and what is to be watched in them was watched. Where that is not sure, they run.
 */
export function keptEnds(
  earlier: RunAsked,
  ends: ReadonlyMap<string, ZoneEnd<Pick<RunAsked, "asked">>>,
  { asked, compile }: RunAsked,
): Readonly<Record<string, LoopCheckpoint>> {
  if (asked.from !== undefined || asked.options.paused === true) return {};
  if (!sameMeans(earlier.asked, asked) || !sameGiven(earlier.compile, compile)) return {};
  const zones = unchangedZones(earlier.compile.document, compile.document);
  return Object.fromEntries(
    zones.flatMap((zone) => {
      const found = ends.get(zone);
      return found !== undefined && isWatchedAlike(zone, found.run.asked, asked)
        ? [[zone, found.end] as const]
        : [];
    }),
  );
}

const sameMeans = ({ options: a }: StudioRun, { options: b }: StudioRun): boolean =>
  (["backend", "threads", "seed", "samples"] as const).every((name) => sameValue(a[name], b[name]));

const sameGiven = (a: RunRequest["compile"], b: RunRequest["compile"]): boolean =>
  (["task", "feeds", "batch", "assets"] as const).every((name) => sameValue(a[name], b[name]));

/** Frames of every iteration are there, and no breakpoint is to hold in one. */
function isWatchedAlike(zone: string, before: StudioRun, now: StudioRun): boolean {
  const { probes, breakpoints = [] } = now.options;
  const recorded = new Set(before.options.probes);
  return (
    probes.every((wire) => !isWireOf(wire, zone) || recorded.has(wire)) &&
    breakpoints.every(({ wire, zone: at }) =>
      wire === null ? at !== null && at !== zone : !isWireOf(wire, zone),
    )
  );
}
