import type { FrameTrack } from "../../run/run-store.ts";

/** The place in a track of the frame that the scrubber asks for: the last one not after it; -1 where there is none. */
export function shownFrame(track: FrameTrack, at: readonly number[] | null): number {
  if (at === null) return track.frames.length - 1;
  let [low, high] = [0, track.frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(track.frames[middle]?.iteration ?? [], at)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** Outermost zone first; iterations deeper than the scrubber says are all within it. */
function isAfter(iteration: readonly number[], at: readonly number[]): boolean {
  for (let i = 0; i < Math.min(iteration.length, at.length); i++) {
    const off = (iteration[i] ?? 0) - (at[i] ?? 0);
    if (off !== 0) return off > 0;
  }
  return false;
}
