import type { FrameTrack, WireName } from "./run-store.ts";

/** The order of two iterations, outermost zone first; where one is only a part of the other they stand alike. */
export function compareIterations(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The outermost zone that a wire lies in; null for one outside of zones. */
export function zoneOf(wire: WireName, zones: Readonly<Record<string, unknown>>): string | null {
  const [first = ""] = wire.split(/[/.]/u);
  return !wire.startsWith("=") && Object.hasOwn(zones, first) ? first : null;
}

/** The iteration of the newest frame that is not after `at`; null where there is none. */
export function frameAt(
  track: FrameTrack | undefined,
  at: readonly number[] | null,
): readonly number[] | null {
  const frames = track?.frames ?? [];
  if (at === null) return frames.at(-1)?.iteration ?? null;
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIterations(frames[middle]?.iteration ?? [], at) > 0) high = middle;
    else low = middle + 1;
  }
  return frames[low - 1]?.iteration ?? null;
}
