import { zoneOf } from "./place.ts";
import type { Fork, RunProgress, RunState, StepMade, WireName } from "./run-store.ts";

type Lineage = Pick<RunState, "run" | "from" | "zones" | "steps">;

interface Place {
  readonly zone: string;
  readonly iteration: number;
}

/** The fork that a run makes there: of the run that made the step before, which may be one that it went on from. */
export function forkAt({ run, from, steps }: Lineage, { zone, iteration }: Place): Fork | null {
  if (run === null) return null;
  let fork = { run, from };
  while (fork.from?.zone === zone && iteration <= fork.from.iteration) fork = fork.from;
  return { ...fork, zone, iteration, ended: endedBefore(steps, zone) };
}

const endedBefore = (steps: readonly StepMade[], zone: string): readonly string[] => {
  const first = steps.findIndex((step) => step.zone === zone);
  const earlier = steps.slice(0, Math.max(0, first)).map((step) => step.zone);
  return [...new Set(earlier)];
};

const isBefore = (fork: Fork, zone: string | null, iteration: readonly number[]): boolean =>
  zone !== null &&
  (zone === fork.zone ? (iteration[0] ?? 0) < fork.iteration : fork.ended.includes(zone));

/** The run that made an iteration of a zone: of a fork, what came before is of the runs that it left. */
export function runOf(
  { run, from }: Lineage,
  zone: string | null,
  iteration: readonly number[],
): number | null {
  let [number, fork] = [run, from];
  while (fork !== null && isBefore(fork, zone, iteration)) [number, fork] = [fork.run, fork.from];
  return number;
}

/** The runs that are needed for all that is shown of a run: itself, and those that it went on from. */
export function lineage({ run, from }: Pick<Lineage, "run" | "from">): readonly number[] {
  const runs = run === null ? [] : [run];
  for (let fork = from; fork !== null; fork = fork.from) runs.push(fork.run);
  return runs;
}

/** What a fork has in common with the run that it leaves: all before its first iteration. */
export function forkedProgress(state: RunState, fork: Fork, nothing: RunProgress): RunProgress {
  const { zone, iteration } = fork;
  const steps = state.steps.filter((step) => isBefore(fork, step.zone, [step.iteration]));
  const last = steps.at(-1);
  const zones = Object.entries(state.zones).filter(([name]) => fork.ended.includes(name));
  const tracks: Record<WireName, RunProgress["tracks"][string]> = {};
  for (const track of Object.values(state.tracks)) {
    const inZone = zoneOf(track.wire, state.zones);
    const frames = track.frames.filter((frame) => isBefore(fork, inZone, frame.iteration));
    if (frames.length > 0) tracks[track.wire] = { ...track, frames };
  }
  return {
    ...nothing,
    chosen: state.chosen,
    steps,
    tracks,
    nfe: last?.nfe ?? 0,
    vjpCalls: last?.vjpCalls ?? 0,
    elapsedMs: last?.ms ?? 0,
    zones: {
      ...Object.fromEntries(zones),
      [zone]: { iteration, count: state.zones[zone]?.count ?? iteration },
    },
  };
}
