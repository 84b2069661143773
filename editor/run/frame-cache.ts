import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { WireName } from "./run-store.ts";

/** Frames that were looked at lately, so that scrubbing back and forth asks for nothing. */
export interface FrameCache {
  readonly find: (run: number, wire: WireName, iteration: readonly number[]) => TensorData | null;
  // oxlint-disable-next-line max-params -- a place and what is there
  readonly keep: (
    run: number,
    wire: WireName,
    iteration: readonly number[],
    frame: TensorData,
  ) => void;
  readonly clear: () => void;
}

const mostBytes = 48 * 2 ** 20;

export function createFrameCache(limit = mostBytes): FrameCache {
  const frames = new Map<string, TensorData>();
  let bytes = 0;
  const keyOf = (run: number, wire: WireName, iteration: readonly number[]): string =>
    `${run} ${wire} ${iteration.join()}`;
  return {
    find(run, wire, iteration) {
      const key = keyOf(run, wire, iteration);
      const frame = frames.get(key);
      if (frame === undefined) return null;
      frames.delete(key);
      frames.set(key, frame);
      return frame;
    },
    keep(run, wire, iteration, frame) {
      const place = keyOf(run, wire, iteration);
      bytes += frame.data.byteLength - (frames.get(place)?.data.byteLength ?? 0);
      frames.delete(place);
      frames.set(place, frame);
      for (const [key, oldest] of frames) {
        if (bytes <= limit) return;
        frames.delete(key);
        bytes -= oldest.data.byteLength;
      }
    },
    clear() {
      frames.clear();
      bytes = 0;
    },
  };
}
