import { own } from "../../../runtime/graph/own.ts";
import { useEffect, useRef, useState } from "react";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { useRun, useStudio } from "../../app/use-studio.ts";
import type { RunStore } from "../../run/run-store.ts";
import { pointsOf, type Points } from "../data/points.ts";
import { shownFrame } from "../parts/shown-frame.ts";
import { watchCalmly } from "../parts/use-frame.ts";

/** The particles of a wire, and those of the frames before. */
export interface SamplerFrame {
  readonly points: Points;
  readonly trails: readonly Points[];
}

export type SamplerFrames = Readonly<Record<string, SamplerFrame>>;

/** Frames before the one that is shown of which the trails are made. */
const trailLength = 12;

/**
 * What the scrubber asks for of some wires. While `held`, what was shown stays, and the last that came in the meantime
 * is shown afterwards: so particles jump from one result to the next while something is dragged.
 */
export function useSamplers(wires: readonly string[], held: boolean): SamplerFrames {
  const { run } = useStudio();
  const [frames, setFrames] = useState<SamplerFrames>({});
  const isThere = useRun((state) => state.run !== null);
  const waiting = useRef(new Map<string, TensorData>());
  const isHeld = useRef(held);
  isHeld.current = held;
  const names = wires.join(" ");
  const newest = useRef(new Map<string, TensorData>());
  const show = useRef((wire: string, frame: TensorData): void => {
    const points = pointsOf(frame);
    const put = (trails: readonly Points[] | null): void =>
      setFrames((now) => ({
        ...now,
        [wire]: { points, trails: trails ?? now[wire]?.trails ?? [] },
      }));
    put(null);
    newest.current.set(wire, frame);
    trailsOf(run, wire).then((trails) => {
      if (newest.current.get(wire) === frame) put(trails);
    }, reportError);
  });
  useEffect(() => {
    setFrames({});
    const stops = names.split(" ").map((wire) =>
      watchCalmly(run, wire, (frame) => {
        if (isHeld.current) waiting.current.set(wire, frame);
        else show.current(wire, frame);
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, [run, names]);
  useEffect(() => {
    if (held) return;
    for (const [wire, frame] of waiting.current) show.current(wire, frame);
    waiting.current.clear();
  }, [held]);
  return isThere ? frames : {};
}

/** The frames up to the one that is shown, oldest first. */
async function trailsOf(run: RunStore, wire: string): Promise<readonly Points[]> {
  const { tracks, at } = run.getState();
  const track = own(tracks, wire);
  if (track === undefined) return [];
  const index = shownFrame(track, at);
  const made = await Promise.all(
    track.frames
      .slice(Math.max(0, index - trailLength + 1), index + 1)
      .map(({ iteration }) => run.actions.frame(wire, iteration)),
  );
  return made.flatMap((frame) => (frame === null ? [] : [pointsOf(frame)]));
}
