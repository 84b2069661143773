import { useEffect, useState } from "react";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { useRun, useStudio } from "../../app/use-studio.ts";
import { hasFrames, trackOf } from "../../run/output-frames.ts";
import type { FrameTrack, RunState, RunStore } from "../../run/run-store.ts";
import { shownFrame } from "./shown-frame.ts";

/** A frame of a wire, and where in the run it stands. */
export interface Shown {
  readonly frame: TensorData;
  readonly track: FrameTrack | null;
  /** Its place in the track; -1 where it is in none. */
  readonly index: number;
}

/** The shortest time between two frames that are drawn, in milliseconds: 15 a second. */
const shortestPause = 1000 / 15;

/** Calls back with the newest or scrubbed frame of a wire, at most 15 times a second; returns how to stop. */
export function watchCalmly(
  run: RunStore,
  wire: string,
  show: (frame: TensorData) => void,
): () => void {
  let [last, timer] = [-Infinity, 0];
  let next: TensorData | null = null;
  const flush = (): void => {
    timer = 0;
    last = performance.now();
    const frame = next;
    next = null;
    if (frame !== null) show(frame);
  };
  const stop = run.actions.watch(wire, (frame) => {
    next = frame;
    if (timer !== 0) return;
    timer = window.setTimeout(flush, Math.max(0, shortestPause - (performance.now() - last)));
  });
  return () => {
    window.clearTimeout(timer);
    stop();
  };
}

/** The frames of the run before are looked at until this one has some. */
const isBeginning = ({ phase }: RunState): boolean => phase === "starting" || phase === "running";

/** The frame of a wire or an output that the scrubber asks for; null while no run has one. */
export function useFrame(wire: string): Shown | null {
  const { run } = useStudio();
  const [shown, setShown] = useState<Shown | null>(null);
  const isNew = useRun((state) => state.run === null);
  const isThere = useRun((state) => hasFrames(state, wire) || isBeginning(state));
  useEffect(() => {
    setShown(null);
    return watchCalmly(run, wire, (frame) => {
      const { at } = run.getState();
      const track = trackOf(run.getState(), wire);
      setShown({ frame, track, index: track === null ? -1 : shownFrame(track, at) });
    });
  }, [run, wire, isNew]);
  return isThere ? shown : null;
}
