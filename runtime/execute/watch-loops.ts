import type { Issue } from "../base/issue.ts";
import type { Compiled } from "../compile/compile.ts";
import type { Loop } from "../compile/region.ts";
import { loadEnd, loadProgress, standingOf } from "./checkpoint.ts";
import type { RunControl } from "./control.ts";
import type { Engine } from "./engine.ts";
import type { RunEvent } from "./events.ts";
import { resultOf } from "./outputs.ts";
import type { ProbePlans } from "./probe-plans.ts";
import type { LoopHooks } from "./run-loop.ts";
import type { RunOptions } from "./run-options.ts";
import { settleSteps, type StepSettler } from "./settle-steps.ts";
import { tellSteps, type Begun } from "./tell-steps.ts";

interface Watching {
  readonly compiled: Compiled;
  readonly options: RunOptions;
  readonly control: RunControl;
  readonly emit: (event: RunEvent) => void;
  readonly plans: ProbePlans;
  /** Aborted when the run is cancelled or nobody listens any more. */
  readonly signal: AbortSignal;
}

/** Watches the loops of one run, whose engine is attached before it begins. */
export interface LoopWatch extends LoopHooks, Pick<StepSettler, "emit"> {
  readonly attach: (engine: Engine) => void;
}

/** What happens around outermost iterations: gate, probes, and that they are settled. */
export function watchLoops(watching: Watching): LoopWatch {
  const { options, control, plans, signal } = watching;
  const teller = tellSteps(watching);
  const steps = settleSteps(teller, watching.emit);
  let engine: Engine | null = null;
  let begun: Begun | null = null;
  const running = () => {
    if (engine === null) throw new Error("internal: loops are watched before the run begins");
    return engine;
  };
  return {
    emit: steps.emit,
    attach: (e) => {
      engine = e;
    },
    async resume(loop) {
      const saved = options.resume?.loops[loop.path];
      if (saved !== undefined) return loadProgress(running(), loop, saved);
      const progress = await loadEnd(running(), loop, options.ended?.[loop.path]);
      if (progress !== undefined) steps.emit({ type: "kept", zone: loop.path });
      return progress;
    },
    async before(loop, frame, progress) {
      await teller.given(running(), frame);
      if (control.isHeld()) {
        await steps.settled();
        await teller.held(running(), loop, progress);
      }
      await opened(control, signal);
      const e = running();
      e.checkCancelled();
      e.plan = plans.next(loop, frame) ?? e.plan;
      begun = { at: options.clock(), standing: standingOf(e), frame };
    },
    async after(loop, iteration) {
      if (begun === null) throw new Error("internal: an iteration ends that has not begun");
      await steps.settled();
      steps.add(running(), loop, iteration, begun);
      if (iteration.last) await steps.settled();
    },
    async ended(loop, progress) {
      await steps.settled();
      await teller.ended(running(), loop, progress);
    },
    async failed(error) {
      try {
        await steps.settled();
        return error;
      } catch (earlier) {
        return earlier;
      }
    },
    async scanned(e, { loop, name, frame, carry }) {
      const value = await resultOf(e, carry);
      steps.emit({ type: "scan", name: `${loop.path}.${name}`, iteration: frame.indices, value });
      return value;
    },
    limited: (loop, count) => steps.emit({ type: "warning", issue: limitIssue(loop, count) }),
  };
}

const limitIssue = ({ path }: Loop, count: number): Issue => ({
  code: "zone.limit",
  message: `The zone ended by its limit of ${count} iterations, while its condition still holds.`,
  at: { node: path, port: "max" },
  fix: "Set a higher max, or see why the condition stays.",
});

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
