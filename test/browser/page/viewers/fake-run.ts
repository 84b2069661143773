import { createStore } from "zustand/vanilla";
import type { RunState, RunStore } from "../../../../editor/run/run-store.ts";
import { shownFrame } from "../../../../editor/viewers/parts/shown-frame.ts";
import type { TensorData } from "../../../../runtime/tensor/tensor.ts";
import { frames, tracks } from "./frames.ts";

/** A run that has been: it tells its frames and counts who watches. */
export function createPastRun(): {
  readonly run: RunStore;
  readonly watchers: Map<string, number>;
} {
  const watchers = new Map<string, number>();
  const store = createStore(() => ({ tracks, at: null, issues: [] }) as unknown as RunState);
  const frameOf = (wire: string, at: readonly number[] | null): TensorData | null => {
    const track = tracks[wire];
    return track === undefined ? null : (frames[wire]?.[shownFrame(track, at)] ?? null);
  };
  const count = (wire: string, by: number): void => {
    watchers.set(wire, (watchers.get(wire) ?? 0) + by);
  };
  const actions = {
    scrub: (at: readonly number[] | null) => store.setState({ at }),
    frame: (wire: string, at: readonly number[] | null) => Promise.resolve(frameOf(wire, at)),
    watch: (wire: string, show: (frame: TensorData) => void) => {
      const tell = (): void => {
        const frame = frameOf(wire, store.getState().at);
        if (frame !== null) show(frame);
      };
      count(wire, 1);
      queueMicrotask(tell);
      const stop = store.subscribe(tell);
      return () => {
        count(wire, -1);
        stop();
      };
    },
  };
  return { run: Object.assign(store, { actions }) as unknown as RunStore, watchers };
}
