import type { Compiled } from "../compile/compile.ts";
import type { Plan } from "../compile/plan-regions.ts";
import type { Loop } from "../compile/region.ts";
import { paramsOf } from "./check-options.ts";
import type { RunControl } from "./control.ts";
import { loadProgress, saveProgress } from "./checkpoint.ts";
import { downloadValue, type Engine } from "./engine.ts";
import type { Checkpoint, LoopCheckpoint, RunEvent } from "./events.ts";
import { explainNotFinite } from "./not-finite.ts";
import { resultOf } from "./outputs.ts";
import type { NoisePosition } from "./noise/noise-source.ts";
import type { Iteration, LoopHooks, LoopProgress } from "./run-loop.ts";
import type { RunOptions } from "./run-options.ts";

interface Watching {
  readonly compiled: Compiled;
  readonly options: RunOptions;
  readonly control: RunControl;
  readonly emit: (event: RunEvent) => void;
  readonly planFor: (probes: readonly string[]) => Plan;
  /** Aborted when the run is cancelled or nobody listens any more. */
  readonly signal: AbortSignal;
}

/** What happens around outermost iterations: gate, probes, health, previews, checkpoints, progress. */
export function watchLoops(
  watching: Watching,
): LoopHooks & { readonly attach: (engine: Engine) => void } {
  const { options, control, emit } = watching;
  const loops: Record<string, LoopCheckpoint> = {};
  let engine: Engine | null = null;
  let probes = control.probes();
  let begun: { noise: NoisePosition; at: number } = { noise: {}, at: 0 };
  let previewed = Number.NEGATIVE_INFINITY;
  const running = () => {
    if (engine === null) throw new Error("internal: loops are watched before the run begins");
    return engine;
  };
  return {
    attach: (e) => {
      engine = e;
    },
    async resume(loop) {
      const saved = options.resume?.loops[loop.path];
      return saved === undefined ? undefined : loadProgress(running(), loop, saved);
    },
    async before() {
      await opened(control, watching.signal);
      const e = running();
      e.checkCancelled();
      if (control.probes() !== probes) {
        probes = control.probes();
        e.plan = watching.planFor(probes);
      }
      begun = { noise: options.noise.position(), at: options.clock() };
    },
    async after(loop, { frame, before, after, count, last }) {
      const e = running();
      if (!(await isFinite(e, loop, frame))) {
        await preview(e, watching, loop, before);
        throw await explainNotFinite(e, watching.compiled, { loop, frame, noise: begun.noise });
      }
      const now = options.clock();
      const step = { zone: loop.path, iteration: before.next, count, ms: now - begun.at };
      emit({ type: "step", ...step, ...e.counts });
      if (now - previewed >= previewEveryMs || last) {
        previewed = now;
        await preview(e, watching, loop, after);
      }
      if (!isDue(after.next, options.checkpointEvery)) return;
      const saved = { ...loops, [loop.path]: await saveProgress(e, after, last) };
      emit({ type: "checkpoint", checkpoint: checkpointOf(e, watching, saved) });
    },
    async ended(loop, progress) {
      if (options.checkpointEvery !== undefined)
        loops[loop.path] = await saveProgress(running(), progress, true);
    },
    async scanned(e, { loop, name, frame, carry }) {
      const value = await resultOf(e, carry);
      emit({ type: "scan", name: `${loop.path}.${name}`, iteration: frame.indices, value });
      return value;
    },
  };
}

const isDue = (next: number, every: number | undefined) =>
  every !== undefined && next % every === 0;

function checkpointOf(
  { counts, noise, samples }: Engine,
  { compiled, options }: Watching,
  loops: Checkpoint["loops"],
): Checkpoint {
  const params = paramsOf(compiled, options);
  const { seed } = options;
  return { version: 1, seed, samples, params, ...counts, noise: noise.position(), loops };
}

/** Resolves when the next iteration may begin, or when the run is cancelled meanwhile. */
async function opened(control: RunControl, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const leave = new AbortController();
  const cancelled = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true, signal: leave.signal });
  });
  await Promise.race([control.gate(), cancelled]);
  leave.abort();
}

async function isFinite(engine: Engine, loop: Loop, frame: Iteration["frame"]): Promise<boolean> {
  if (loop.health === undefined) return true;
  const { data } = await downloadValue(engine, frame, loop.health);
  return Number.isFinite(Number(data[0]));
}

const previewEveryMs = 150;

async function preview(
  engine: Engine,
  { compiled, emit }: Watching,
  loop: Loop,
  progress: LoopProgress,
): Promise<void> {
  for (const { name, wire } of compiled.outputs) {
    if (wire.kind !== "tensor") continue;
    const s = loop.states.findIndex(
      ({ final }) => final.on === "device" && final.value === wire.value,
    );
    const now = progress.states[s]?.[0];
    if (now?.on === "device")
      emit({
        type: "preview",
        output: name,
        tensor: await engine.backend.download(now.held.tensor),
      });
  }
}
