import type { FrameSummary, FrameTrack, RunState, StepMade } from "../run/run-store.ts";
import { zoneOf } from "../run/place.ts";

export const axes = ["step", "sigma", "nfe", "ms"] as const;
export type Axis = (typeof axes)[number];

/** Something of note at a step. */
export interface Mark {
  readonly kind: "not-finite" | "breakpoint";
  readonly iteration: number;
  readonly wire: string | null;
}

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

/** Where each step stands on an axis. */
export function positionsOn(axis: Axis, steps: readonly StepMade[]): readonly number[] {
  return steps.map((step) => (axis === "step" ? step.iteration : (step[axis] ?? Number.NaN)));
}

export const hasAxis = (axis: Axis, steps: readonly StepMade[]): boolean =>
  steps.length > 0 && positionsOn(axis, steps).every((position) => Number.isFinite(position));

const isNumber = ({ shape }: FrameSummary): boolean => shape.length <= 1;

const tracksIn = ({ tracks, zones }: RunState, zone: string): readonly FrameTrack[] =>
  Object.values(tracks).filter(({ wire }) => zoneOf(wire, zones) === zone);

/** Of inner zones the last iteration of each step counts. */
export function seriesOf(
  state: RunState,
  zone: string | null,
  steps: readonly StepMade[],
): readonly Series[] {
  if (zone === null) return [];
  return tracksIn(state, zone)
    .filter(({ frames: [first] }) => first !== undefined && isNumber(first.summary))
    .map(({ wire, frames }) => {
      const means = new Map(frames.map(({ iteration: [k], summary }) => [k, summary.mean]));
      return { wire, values: steps.map(({ iteration }) => finite(means.get(iteration))) };
    });
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

export function marksOf(state: RunState, zone: string | null): readonly Mark[] {
  if (zone === null) return [];
  const bad = tracksIn(state, zone).flatMap(({ wire, frames }): readonly Mark[] => {
    const first = frames.find(({ summary }) => summary.notFinite > 0);
    const [iteration] = first?.iteration ?? [];
    return iteration === undefined ? [] : [{ kind: "not-finite", iteration, wire }];
  });
  const { pausedBy } = state;
  if (pausedBy?.kind !== "breakpoint") return bad;
  const [iteration = 0] = pausedBy.iteration;
  return [...bad, { kind: "breakpoint", iteration, wire: pausedBy.wire }];
}

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
