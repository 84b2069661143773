import type { Issue } from "../../runtime/base/issue.ts";
import type { RunProgress } from "./run-store.ts";
import { isWireOf, isWithin } from "../../runtime/graph/within.ts";

/** Progress in which a zone was not run again: what an earlier run told of it is told of this one. */
export function withKept(before: RunProgress, earlier: RunProgress, zone: string): RunProgress {
  const kept = [...before.kept, zone];
  const isKept = (step: { readonly zone: string }): boolean => kept.includes(step.zone);
  return {
    ...before,
    kept,
    zones: { ...before.zones, ...only(earlier.zones, (name) => name === zone) },
    keyframes: { ...before.keyframes, ...only(earlier.keyframes, (name) => name === zone) },
    tracks: { ...before.tracks, ...only(earlier.tracks, (wire) => isWireOf(wire, zone)) },
    steps: [...earlier.steps.filter(isKept), ...before.steps.filter((step) => !isKept(step))],
    issues: [...before.issues, ...earlier.issues.filter((issue) => isAbout(zone, issue))],
  };
}

const only = <T>(
  all: Readonly<Record<string, T>>,
  is: (name: string) => boolean,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => is(name)));

/** A warning of the zone, or of something in it. */
const isAbout = (zone: string, { at: { node } }: Issue): boolean =>
  node !== undefined && isWithin(node, zone);
