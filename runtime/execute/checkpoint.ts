import type { Loop } from "../compile/region.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Carry, Engine } from "./engine.ts";
import type { LoopCheckpoint } from "./events.ts";
import { hold } from "./held.ts";
import type { LoopProgress } from "./run-loop.ts";

/** A loop's progress in host memory; `done` loops are not run again. */
export async function saveProgress(engine: Engine, progress: LoopProgress, done: boolean): Promise<LoopCheckpoint> {
  const states: unknown[][] = [];
  for (const state of progress.states) {
    const saved: unknown[] = [];
    for (const carry of state)
      saved.push(carry.on === "device" ? copy(await engine.backend.download(carry.held.tensor)) : carry.value);
    states.push(saved);
  }
  return { next: progress.next, done, states, scans: progress.scans.map((scan) => [...scan]) };
}

const copy = (tensor: TensorData): TensorData => ({ ...tensor, data: tensor.data.slice() }) as TensorData;

/** The progress that a checkpoint holds, its tensors on the device again. */
export function loadProgress(engine: Engine, loop: Loop, saved: LoopCheckpoint): LoopProgress {
  const states = loop.states.map((state, s) =>
    (saved.states[s] ?? []).map((value): Carry =>
      state.init.on === "device"
        ? { on: "device", held: hold(engine.backend.upload(value as TensorData)) }
        : { on: "host", value },
    ),
  );
  return {
    next: saved.done ? Number.POSITIVE_INFINITY : saved.next,
    states,
    scans: saved.scans.map((scan) => [...scan]),
  };
}
