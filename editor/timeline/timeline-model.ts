import type { FrameSummary, FrameTrack, RunState, StepMade } from "../run/run-store.ts";
import { zoneOf } from "../run/place.ts";

export const axes = ["step", "sigma", "nfe", "ms"] as const;
export type Axis = (typeof axes)[number];

/** A probed number over the steps of a zone: the mean over samples, null where it was not made. */
export interface Series {
  readonly wire: string;
  readonly values: readonly (number | null)[];
}

/** The zone that the scrubber counts. */
export function zoneShown({ atZone, steps, zones }: RunState): string | null {
  if (atZone !== null && Object.hasOwn(zones, atZone)) return atZone;
  return steps.at(-1)?.zone ?? null;
}

export const stepsOf = ({ steps }: RunState, zone: string | null): readonly StepMade[] =>
  steps.filter((step) => step.zone === zone);

/** Where each step stands on an axis; steps are counted from 1, as the timeline counts them. */
export function positionsOn(axis: Axis, steps: readonly StepMade[]): readonly number[] {
  return steps.map((step) => (axis === "step" ? step.iteration + 1 : (step[axis] ?? Number.NaN)));
}

/** A curve goes one way along its axis: a sampler that travels back in time has none of sigma. */
export function hasAxis(axis: Axis, steps: readonly StepMade[]): boolean {
  const positions = positionsOn(axis, steps);
  const falls = axis === "sigma" ? -1 : 1;
  return (
    steps.length > 0 &&
    positions.every(
      (position, i) =>
        Number.isFinite(position) && falls * (position - (positions[i - 1] ?? position)) >= 0,
    )
  );
}

const isNumber = ({ shape }: FrameSummary): boolean => shape.length <= 1;

export const tracksIn = ({ tracks, zones }: RunState, zone: string): readonly FrameTrack[] =>
  Object.values(tracks).filter(({ wire }) => zoneOf(wire, zones) === zone);

/** Numbers of the zone, and where it has none the size of what becomes its outputs; of inner zones the last iteration of each step counts. */
export function seriesOf(
  state: RunState,
  zone: string | null,
  steps: readonly StepMade[],
): readonly Series[] {
  if (zone === null) return [];
  const here = tracksIn(state, zone);
  const numbers = here.filter(
    ({ frames: [first] }) => first !== undefined && isNumber(first.summary),
  );
  if (numbers.length > 0) return numbers.map((track) => curveOf(track, steps, "mean"));
  const leads = new Set(Object.values(state.leads));
  return here
    .filter(({ wire }) => leads.has(wire))
    .map((track) => ({ ...curveOf(track, steps, "norm"), wire: `‖${track.wire}‖` }));
}

function curveOf(
  { wire, frames }: FrameTrack,
  steps: readonly StepMade[],
  of: "mean" | "norm",
): Series {
  const known = new Map(frames.map(({ iteration: [k], summary }) => [k, summary[of]]));
  return { wire, values: steps.map(({ iteration }) => finite(known.get(iteration))) };
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Iterations of the zones inside that were recorded in a step, in order; empty where none were. */
export function innerPlaces(
  state: RunState,
  zone: string | null,
  iteration: number,
): readonly (readonly number[])[] {
  if (zone === null) return [];
  const places = new Map<string, readonly number[]>();
  for (const { frames } of tracksIn(state, zone))
    for (const { iteration: at } of frames)
      if (at.length > 1 && at[0] === iteration) places.set(at.join(), at);
  return [...places.values()].toSorted(compare);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? a.length - b.length : (a[i] ?? 0) - (b[i] ?? 0);
}
