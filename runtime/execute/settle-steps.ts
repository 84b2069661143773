import type { Loop } from "../compile/region.ts";
import { standingOf } from "./checkpoint.ts";
import type { Engine } from "./engine.ts";
import type { RunEvent } from "./events.ts";
import { release, retain, type Held } from "./held.ts";
import { get } from "./live-frame.ts";
import { sigmaOf } from "./level-of.ts";
import { explainNotFinite } from "./not-finite.ts";
import { eachHeld } from "./loop-progress.ts";
import type { Iteration } from "./run-loop.ts";
import type { Begun, Computed, StepTeller } from "./tell-steps.ts";

/**
 * Outermost iterations that were computed become steps that are done once their health number has come, which is
 * while the next one computes: nobody waits for it. Events keep their order.
 */
export interface StepSettler {
  /** Takes an iteration that was computed; the one before it must be settled. */
  readonly add: (engine: Engine, loop: Loop, iteration: Iteration, begun: Begun) => void;
  /**
   * Resolves when the iteration that was added last is a step that is done, and told.
   *
   * @throws IssueError `run.not-finite`.
   */
  readonly settled: () => Promise<void>;
  /** Tells an event, after those of the iteration that is not settled yet. */
  readonly emit: (event: RunEvent) => void;
}

/** An iteration that was added, with what it needs until it is settled. */
interface Open {
  readonly step: Computed;
  readonly health: Held | null;
  isTold: boolean;
}

export function settleSteps(teller: StepTeller, emit: (event: RunEvent) => void): StepSettler {
  const waiting: RunEvent[] = [];
  let open: Open | null = null;
  let isFine = Promise.resolve(true);
  const judge = async (made: Open): Promise<boolean> => {
    if (!(await isFinite(made))) return false;
    await teller.done(made.step);
    made.isTold = true;
    for (const event of waiting.splice(0)) emit(event);
    return true;
  };
  return {
    add(engine, loop, iteration, begun) {
      open = hold(engine, loop, iteration, begun);
      isFine = judge(open);
      // `settled` tells what is wrong; until it is called nobody listens.
      isFine.catch(() => {});
    },
    async settled() {
      if (open === null) return;
      const { step, health } = open;
      try {
        if (!(await isFine)) await fail(step, teller);
      } finally {
        open = null;
        waiting.length = 0;
        eachHeld(step.before.states, release);
        if (health !== null) release(health);
      }
    },
    emit(event) {
      if (open === null || open.isTold) emit(event);
      else waiting.push(event);
    },
  };
}

// oxlint-disable-next-line max-params -- as `StepSettler.add`
function hold(engine: Engine, loop: Loop, iteration: Iteration, begun: Begun): Open {
  const { frame, before, after, count, last } = iteration;
  eachHeld(before.states, retain);
  return {
    step: {
      engine,
      loop,
      begun,
      before: { ...before },
      after,
      count,
      last,
      sigma: sigmaOf(loop, frame),
      standing: standingOf(engine),
      plan: engine.plan,
    },
    health: loop.health === undefined ? null : retain(get(frame, loop.health)),
    isTold: false,
  };
}

async function isFinite({ step: { engine }, health }: Open): Promise<boolean> {
  if (health === null) return true;
  const { data } = await engine.backend.download(health.tensor);
  return Number.isFinite(Number(data[0]));
}

async function fail(step: Computed, teller: StepTeller): Promise<never> {
  await teller.broken(step);
  const { engine, loop, before, begun, plan } = step;
  const { frame, standing } = begun;
  throw await explainNotFinite(engine, { loop, frame, before, noise: standing.noise, plan });
}
