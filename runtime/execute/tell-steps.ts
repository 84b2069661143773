import type { Compiled } from "../compile/compile.ts";
import type { Plan } from "../compile/plan-regions.ts";
import type { Loop } from "../compile/region.ts";
import { paramsOf } from "./check-options.ts";
import { saveProgress, standingOf, type Standing } from "./checkpoint.ts";
import type { Engine } from "./engine.ts";
import type { LoopCheckpoint, RunEvent } from "./events.ts";
import { get, holds, type LiveFrame } from "./live-frame.ts";
import type { RunControl } from "./control.ts";
import type { LoopProgress } from "./loop-progress.ts";
import type { RunOptions } from "./run-options.ts";

/** When an outermost iteration began, and how everything stood then. */
export interface Begun {
  readonly at: number;
  readonly standing: Standing;
  /** The frame that holds the loop. */
  readonly frame: LiveFrame;
}

/** An outermost iteration that was computed. */
export interface Computed {
  readonly engine: Engine;
  readonly loop: Loop;
  readonly begun: Begun;
  readonly before: LoopProgress;
  readonly after: LoopProgress;
  readonly count: number;
  /** No other follows, for all that is known. */
  readonly last: boolean;
  /** Of the level that it stood at; null where it visits none. */
  readonly sigma: number | null;
  readonly standing: Standing;
  /** That it was computed with. */
  readonly plan: Plan;
}

/** What a run tells of its outermost iterations. */
export interface StepTeller {
  /** What was made before the first zone and is an output, as previews; a second call tells nothing. */
  readonly given: (engine: Engine, frame: LiveFrame) => Promise<void>;
  /** A step that is done: `step`, a preview now and then, a checkpoint where one is due. */
  readonly done: (step: Computed) => Promise<void>;
  /** What is left of one that broke: the outputs and the states with which it began, as a preview and a checkpoint. */
  readonly broken: (step: Computed) => Promise<void>;
  /** Where a run stands that waits to go on, as a checkpoint where any are made. */
  readonly held: (engine: Engine, loop: Loop, progress: LoopProgress) => Promise<void>;
  /** Keeps the end of a loop for the checkpoints to come, and tells it where any are made. */
  readonly ended: (engine: Engine, loop: Loop, progress: LoopProgress) => Promise<void>;
}

interface Telling {
  readonly compiled: Compiled;
  readonly options: RunOptions;
  readonly control: RunControl;
  readonly emit: (event: RunEvent) => void;
}

const previewEveryMs = 150;

export function tellSteps(telling: Telling): StepTeller {
  const { options, control, emit } = telling;
  const ends: Record<string, LoopCheckpoint> = {};
  let isGiven = false;
  let told = Number.NEGATIVE_INFINITY;
  let previewed = Number.NEGATIVE_INFINITY;
  return {
    async given(engine, frame) {
      if (isGiven) return;
      isGiven = true;
      await givenOutputs(telling, engine, frame);
    },
    async done(step) {
      const { loop, begun, before, after, count, last, sigma, standing } = step;
      const { nfe, vjpCalls } = standing;
      const now = options.clock();
      // It may have computed while the one before was waited for.
      const ms = now - Math.max(begun.at, told);
      told = now;
      emit({
        type: "step",
        zone: loop.path,
        iteration: before.next,
        count,
        nfe,
        vjpCalls,
        ms,
        ...(sigma === null ? {} : { sigma }),
      });
      if (now - previewed >= previewEveryMs || last) {
        previewed = now;
        await preview(telling, step, after);
      }
      const every = control.checkpointEvery() ?? options.checkpointEvery;
      if (every === undefined || after.next % every > 0) return;
      await checkpoint(telling, step, ends, { progress: after, standing, done: last });
    },
    async broken(step) {
      const { before, begun } = step;
      const { standing } = begun;
      await preview(telling, step, before);
      await checkpoint(telling, step, ends, { progress: before, standing, done: false });
    },
    async held(engine, loop, progress) {
      if (options.checkpointEvery === undefined) return;
      const standing = standingOf(engine);
      await checkpoint(telling, { engine, loop }, ends, { progress, standing, done: false });
      emit({ type: "held", zone: loop.path, iteration: progress.next });
    },
    async ended(engine, loop, progress) {
      if (options.checkpointEvery === undefined) return;
      const standing = standingOf(engine);
      const end = await saveProgress(engine, loop, { progress, standing, done: true });
      ends[loop.path] = end;
      emit({ type: "ended", zone: loop.path, end });
    },
  };
}

// oxlint-disable-next-line max-params -- who tells, of what, after which loops, and where it stands
async function checkpoint(
  { compiled, options, emit }: Telling,
  { engine, loop }: Pick<Computed, "engine" | "loop">,
  ends: Readonly<Record<string, LoopCheckpoint>>,
  now: Parameters<typeof saveProgress>[2],
): Promise<void> {
  const loops = { ...ends, [loop.path]: await saveProgress(engine, loop, now) };
  const params = paramsOf(compiled, options);
  const { seed } = options;
  const { samples } = engine;
  emit({
    type: "checkpoint",
    checkpoint: { version: 2, seed, samples, params, ...now.standing, loops },
  });
}

async function givenOutputs(
  { compiled, emit }: Telling,
  { backend }: Engine,
  frame: LiveFrame,
): Promise<void> {
  for (const { name: output, wire } of compiled.outputs) {
    if (wire.kind !== "tensor" || !holds(frame, wire.value)) continue;
    const tensor = await backend.download(get(frame, wire.value).tensor);
    emit({ type: "preview", output, iteration: [], tensor });
  }
}

/** The outputs that are a state of the loop, as they stand in `progress`. */
async function preview(
  { compiled, emit }: Telling,
  { engine, loop }: Computed,
  { states, next }: LoopProgress,
): Promise<void> {
  const iteration = [Math.max(0, next - 1)];
  for (const { name: output, wire } of compiled.outputs) {
    if (wire.kind !== "tensor") continue;
    const s = loop.states.findIndex(
      ({ final }) => final.on === "device" && final.value === wire.value,
    );
    const now = states[s]?.[0];
    if (now?.on === "device")
      emit({
        type: "preview",
        output,
        iteration,
        tensor: await engine.backend.download(now.held.tensor),
      });
  }
}
