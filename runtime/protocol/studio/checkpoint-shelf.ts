import type { Checkpoint, LoopCheckpoint } from "../../execute/events.ts";
import type { TensorData } from "../../tensor/tensor.ts";

/** Checkpoints of one run. */
export interface CheckpointShelf {
  readonly add: (checkpoint: Checkpoint) => void;
  /** The nearest from which a zone's iteration is still to come; null: only the beginning is. */
  readonly before: (zone: string, iteration: number) => Checkpoint | null;
  /** The iterations of a zone before which one stands, in order. */
  readonly places: (zone: string) => readonly number[];
  /** The one that stands right before a zone's iteration; null where it was not made, or dropped. */
  readonly at: (zone: string, iteration: number) => Checkpoint | null;
}

/** Keeps at most `limit` bytes: beyond that every other one goes, but for the newest. */
export function createCheckpointShelf(limit: number): CheckpointShelf {
  let kept: readonly { readonly checkpoint: Checkpoint; readonly bytes: number }[] = [];
  const isBefore = (zone: string, iteration: number, { loops }: Checkpoint): boolean => {
    const loop = loops[zone];
    return loop === undefined || (!loop.done && loop.next <= iteration);
  };
  return {
    add(checkpoint) {
      const same = kept.filter((each) => !isSamePlace(each.checkpoint, checkpoint));
      kept = [...same, { checkpoint, bytes: bytesOf(checkpoint) }];
      while (kept.length > 1 && kept.reduce((sum, { bytes }) => sum + bytes, 0) > limit) {
        const last = kept.length - 1;
        kept = kept.filter((_, i) => i === last || (last - i) % 2 === 0);
      }
    },
    before: (zone, iteration) =>
      kept
        .map(({ checkpoint }) => checkpoint)
        .filter((checkpoint) => isBefore(zone, iteration, checkpoint))
        .toSorted((a, b) => (a.loops[zone]?.next ?? -1) - (b.loops[zone]?.next ?? -1))
        .at(-1) ?? null,
    places: (zone) =>
      kept
        .flatMap(({ checkpoint: { loops } }) => loops[zone] ?? [])
        .flatMap(({ next, done }) => (done ? [] : [next]))
        .toSorted((a, b) => a - b),
    at(zone, iteration) {
      const found = kept.findLast(({ checkpoint: { loops } }) => {
        const loop = loops[zone];
        return loop !== undefined && !loop.done && loop.next === iteration;
      });
      return found?.checkpoint ?? null;
    },
  };
}

function isSamePlace({ loops: a }: Checkpoint, { loops: b }: Checkpoint): boolean {
  const zones = Object.keys(a);
  return (
    zones.length === Object.keys(b).length &&
    zones.every((zone) => a[zone]?.next === b[zone]?.next && a[zone]?.done === b[zone]?.done)
  );
}

const bytesOf = ({ loops }: Checkpoint): number =>
  Object.values(loops).reduce((sum, loop) => sum + bytesOfLoop(loop), 0);

const bytesOfLoop = ({ states, scans }: LoopCheckpoint): number =>
  [...Object.values(states), ...scans]
    .flat()
    .reduce<number>((sum, value) => sum + bytesOfValue(value), 0);

const bytesOfValue = (value: unknown): number =>
  typeof value === "object" && value !== null && "data" in value
    ? (value as TensorData).data.byteLength
    : 8;
