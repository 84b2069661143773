import { issueError } from "../base/issue.ts";
import type { Loop } from "../compile/region.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Carry } from "./carry.ts";
import type { Engine } from "./engine.ts";
import type { LoopCheckpoint } from "./events.ts";
import { hold } from "./held.ts";
import type { LoopProgress } from "./loop-progress.ts";

/** Where the noise stands, and what has been counted since the run began. */
export type Standing = Pick<LoopCheckpoint, "noise" | "nfe" | "vjpCalls">;

export const standingOf = ({ noise, counts }: Engine): Standing => ({
  noise: noise.position(),
  ...counts,
});

/** What a checkpoint tells of one loop. */
interface Now {
  readonly progress: LoopProgress;
  readonly standing: Standing;
  /** It is not run again. */
  readonly done: boolean;
}

/** A loop's progress in host memory. */
export async function saveProgress(
  { backend }: Engine,
  loop: Loop,
  { progress, standing, done }: Now,
): Promise<LoopCheckpoint> {
  const states: Record<string, readonly unknown[]> = {};
  for (const [s, { name }] of loop.states.entries()) {
    const saved: unknown[] = [];
    for (const carry of progress.states[s] ?? [])
      saved.push(
        carry.on === "device" ? copy(await backend.download(carry.held.tensor)) : carry.value,
      );
    states[name] = saved;
  }
  // Every iteration collects one item of each; those of a later one may be there already.
  const scans = progress.scans.map((scan) => scan.slice(0, progress.next));
  return { next: progress.next, done, states, scans, ...standing };
}

const copy = (tensor: TensorData): TensorData =>
  ({ ...tensor, data: tensor.data.slice() }) as TensorData;

/**
 * The progress that a checkpoint holds, its tensors on the device again; noise and counts stand where they
 * stood then, whatever was computed again before the loop.
 *
 * @throws IssueError `checkpoint.mismatch` when it is not of this loop.
 */
export async function loadProgress(
  engine: Engine,
  loop: Loop,
  saved: LoopCheckpoint,
): Promise<LoopProgress> {
  if (!isOf(loop, saved)) throw mismatch(loop);
  const progress = await place(engine, loop, saved);
  engine.noise.seek(saved.noise);
  engine.counts.nfe = saved.nfe;
  engine.counts.vjpCalls = saved.vjpCalls;
  return progress;
}

/** The end of a loop that was run before; undefined where it is not of this loop, or not its end. */
export async function loadEnd(
  engine: Engine,
  loop: Loop,
  saved: LoopCheckpoint | undefined,
): Promise<LoopProgress | undefined> {
  return saved?.done === true && isOf(loop, saved) ? place(engine, loop, saved) : undefined;
}

async function place(engine: Engine, loop: Loop, saved: LoopCheckpoint): Promise<LoopProgress> {
  const states: Carry[][] = [];
  for (const { name, init } of loop.states) {
    const carries: Carry[] = [];
    for (const value of saved.states[name] ?? [])
      carries.push(
        init.on === "device"
          ? { on: "device", held: hold(await engine.backend.place(value as TensorData)) }
          : { on: "host", value },
      );
    states.push(carries);
  }
  return {
    next: saved.next,
    done: saved.done,
    states,
    scans: saved.scans.map((scan) => [...scan]),
  };
}

/** Whether what was saved are the states of the loop, by their names, history and shapes. */
function isOf(loop: Loop, { states, scans }: LoopCheckpoint): boolean {
  return (
    Object.keys(states).length === loop.states.length &&
    scans.length === loop.scans.length &&
    loop.states.every(({ name, init, current }) => {
      const values = states[name] ?? [];
      return (
        values.length === current.length &&
        (init.on === "host" || values.every((value) => hasShape(value, init.value.shape)))
      );
    })
  );
}

const hasShape = (value: unknown, shape: readonly number[]): boolean =>
  String((value as TensorData | null | undefined)?.shape) === String(shape);

const mismatch = (loop: Loop) =>
  issueError(
    "checkpoint.mismatch",
    "The checkpoint is of another graph or batch: this zone's states differ.",
    { node: loop.path },
    { fix: "Start the run anew." },
  );
