import type { Compiled } from "../compile/compile.ts";
import type { Plan } from "../compile/plan-regions.ts";
import type { Loop } from "../compile/region.ts";
import type { RunControl } from "./control.ts";
import { loadProgress, saveProgress } from "./checkpoint.ts";
import { downloadValue, type Carry, type Engine } from "./engine.ts";
import type { LoopCheckpoint, Result, RunEvent } from "./events.ts";
import { explainNotFinite } from "./not-finite.ts";
import type { NoisePosition } from "./noise/noise-source.ts";
import type { LoopHooks, LoopProgress } from "./run-loop.ts";
import type { RunOptions } from "./run.ts";

interface Watching {
  readonly compiled: Compiled;
  readonly options: RunOptions;
  readonly control: RunControl;
  readonly emit: (event: RunEvent) => void;
  readonly planFor: (probes: readonly string[]) => Plan;
}

/** What happens around outermost iterations: gate, probes, health, previews, checkpoints, progress. */
export function watchLoops(watching: Watching): LoopHooks & { readonly attach: (engine: Engine) => void } {
  const { options, control, emit } = watching;
  const loops: Record<string, LoopCheckpoint> = { ...options.resume?.loops };
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
    resume: (loop) => {
      const saved = loops[loop.path];
      if (saved === undefined || options.resume?.loops[loop.path] === undefined) return undefined;
      options.noise.seek(options.resume.noise);
      return loadProgress(running(), loop, saved);
    },
    async before() {
      await control.gate();
      const e = running();
      e.checkCancelled();
      if (control.probes() !== probes) {
        probes = control.probes();
        e.plan = watching.planFor(probes);
      }
      begun = { noise: options.noise.position(), at: options.clock() };
    },
    async after(loop, frame, progress, count) {
      const e = running();
      if (loop.health !== undefined) {
        const { data } = await downloadValue(e, frame, loop.health);
        if (!Number.isFinite(Number(data[0])))
          throw await explainNotFinite(e, watching.compiled, { loop, frame, noise: begun.noise });
      }
      const now = options.clock();
      emit({ type: "step", zone: loop.path, iteration: progress.next - 1, count, nfe: e.counts.nfe, ms: now - begun.at });
      if (now - previewed >= previewEveryMs || progress.next === count) {
        previewed = now;
        await preview(e, watching, loop, progress);
      }
      if (options.checkpointEvery !== undefined && progress.next % options.checkpointEvery === 0)
        emit({
          type: "checkpoint",
          checkpoint: {
            version: 1, seed: options.seed, ...e.counts, noise: options.noise.position(),
            loops: { ...loops, [loop.path]: await saveProgress(e, progress, false) },
          },
        });
    },
    async ended(loop, progress) {
      if (options.checkpointEvery !== undefined) loops[loop.path] = await saveProgress(running(), progress, true);
    },
    async scanned(loop, name, frame, carry) {
      const value = await resultOf(running(), carry);
      emit({ type: "scan", name: `${loop.path}.${name}`, iteration: frame.indices, value });
      return value;
    },
  };
}

const previewEveryMs = 150;

async function preview(engine: Engine, { compiled, emit }: Watching, loop: Loop, progress: LoopProgress): Promise<void> {
  for (const { name, wire } of compiled.outputs) {
    if (wire.kind !== "tensor") continue;
    const s = loop.states.findIndex(({ final }) => final.on === "device" && final.value === wire.value);
    const now = progress.states[s]?.[0];
    if (now?.on === "device")
      emit({ type: "preview", output: name, tensor: await engine.backend.download(now.held.tensor) });
  }
}

async function resultOf(engine: Engine, carry: Carry): Promise<Result> {
  return carry.on === "device" ? engine.backend.download(carry.held.tensor) : (carry.value as Result);
}
