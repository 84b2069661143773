import type { TensorData } from "../../tensor/tensor.ts";
import type { FrameSummary } from "./messages.ts";
import { summarise } from "./summary.ts";

interface Frame {
  readonly iteration: readonly number[];
  readonly summary: FrameSummary;
  tensor: TensorData | null;
}

interface Track {
  readonly frames: Frame[];
  readonly byIteration: Map<string, Frame>;
  /** Of the frames before the newest, one in so many keeps its tensor. */
  stride: number;
  bytes: number;
}

/** What is known of a frame that is asked for. */
export type Found = "unknown" | "dropped" | TensorData;

/** Frames of one run's wires. All summaries stay; tensors stay within a share of the studio's memory. */
export interface Recorder {
  /** The summary of a new frame; null for one that was recorded before. */
  readonly add: (
    wire: string,
    iteration: readonly number[],
    tensor: TensorData,
  ) => FrameSummary | null;
  readonly find: (wire: string, iteration: readonly number[]) => Found;
  readonly clear: () => void;
}

/** A bound on the tensors of several recorders together. */
export interface FrameStore {
  readonly bytes: () => number;
  readonly open: () => Recorder;
}

/**
 * Keeps tensors within `limit` bytes: whenever there are more, the wire with the most of them loses every other frame,
 * so that what is left is spread evenly over the run; its first and its newest frame stay while anything of it does.
 */
export function createFrameStore(limit: number): FrameStore {
  const tracks = new Set<Track>();
  const bytes = (): number => [...tracks].reduce((sum, track) => sum + track.bytes, 0);
  let kept = 0;
  const shrink = (): void => {
    while (kept > limit) {
      const largest = [...tracks].toSorted((a, b) => b.bytes - a.bytes)[0];
      if (largest === undefined || largest.bytes === 0) return;
      const before = largest.bytes;
      thin(largest);
      kept -= before - largest.bytes;
    }
  };
  return {
    bytes,
    open: () => {
      const own = new Map<string, Track>();
      const trackOf = (wire: string): Track => {
        const track = own.get(wire) ?? newTrack();
        own.set(wire, track);
        tracks.add(track);
        return track;
      };
      return {
        add(wire, iteration, tensor) {
          const track = trackOf(wire);
          const key = iteration.join();
          if (track.byIteration.has(key)) return null;
          kept -= passOver(track);
          const frame = { iteration, summary: summarise(tensor), tensor };
          track.frames.push(frame);
          track.byIteration.set(key, frame);
          track.bytes += tensor.data.byteLength;
          kept += tensor.data.byteLength;
          shrink();
          return frame.summary;
        },
        find(wire, iteration) {
          const frame = own.get(wire)?.byIteration.get(iteration.join());
          return frame === undefined ? "unknown" : (frame.tensor ?? "dropped");
        },
        clear() {
          for (const track of own.values()) {
            kept -= track.bytes;
            tracks.delete(track);
          }
          own.clear();
        },
      };
    },
  };
}

const newTrack = (): Track => ({ frames: [], byIteration: new Map(), stride: 1, bytes: 0 });

/** The newest frame is about to be one of the others; gives the bytes that it gives up. */
function passOver(track: Track): number {
  const last = track.frames.length - 1;
  const frame = track.frames[last];
  if (frame === undefined || frame.tensor === null || last % track.stride === 0) return 0;
  const bytes = frame.tensor.data.byteLength;
  frame.tensor = null;
  track.bytes -= bytes;
  return bytes;
}

/** Drops every other frame that is left; where only the ends are, these too. */
function thin(track: Track): void {
  const last = track.frames.length - 1;
  const endsOnly = track.stride > last;
  if (!endsOnly) track.stride *= 2;
  track.bytes = 0;
  track.frames.forEach((frame, i) => {
    if (endsOnly || (i % track.stride > 0 && i !== last)) frame.tensor = null;
    track.bytes += frame.tensor?.data.byteLength ?? 0;
  });
}
