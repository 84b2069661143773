import type { Issue } from "../../runtime/base/issue.ts";
import { endsJob } from "../../runtime/protocol/events.ts";
import { startsJob, type EngineRequest } from "../../runtime/protocol/requests.ts";
import type { EngineHandle, StudioHost } from "../../runtime/protocol/studio/host.ts";
import type { Turns } from "./turns.ts";

type StartEngine = StudioHost["startEngine"];

/**
 * Engines of which one computes at a time: a run waits for its turn, gives it up while it is held
 * at a pause, and takes its place at the end of the line when it is to go on.
 */
export function queuedEngine(start: StartEngine, turns: Turns): StartEngine {
  return (listener) => {
    let leave: (() => void) | null = null;
    let hasTurn = false;
    let run: number | null = null;
    /** Said while the run waits for its turn. */
    let waiting: EngineRequest[] = [];
    const endTurn = (): void => {
      leave?.();
      leave = null;
      hasTurn = false;
    };
    const over = (): void => {
      endTurn();
      run = null;
      waiting = [];
    };
    const engine = start({
      message(message) {
        if (message.run === run && message.event.type === "held") endTurn();
        if (message.run === run && endsJob(message.event)) over();
        listener.message(message);
      },
      ended(why) {
        over();
        listener.ended(why);
      },
    });
    const begin = (): void => {
      hasTurn = true;
      const said = waiting;
      waiting = [];
      for (const request of said) engine.send(request);
    };
    const queue = (request: EngineRequest): void => {
      waiting.push(request);
      leave ??= turns.take(begin);
      if (!hasTurn && waiting.length === 1)
        listener.message({ run: request.run, event: { type: "warning", issue: waits } });
    };
    const takeBack = (number: number): void => {
      const began = !waiting.slice(0, 1).some(startsJob);
      over();
      if (began) engine.send({ type: "cancel", run: number });
      else listener.message({ run: number, event: { type: "failed", issues: [cancelled] } });
    };
    return {
      send(request) {
        if (startsJob(request)) run = request.run;
        if (request.run !== run || hasTurn) engine.send(request);
        else if (request.type === "cancel") takeBack(request.run);
        else if (waiting.length > 0 || wakes.has(request.type)) queue(request);
        else engine.send(request);
      },
      kill() {
        over();
        engine.kill();
      },
    } satisfies EngineHandle;
  };
}

const wakes: ReadonlySet<EngineRequest["type"]> = new Set(["run", "check", "resume", "step"]);

const waits: Issue = {
  code: "engine.waiting",
  message: "Another page's run is in progress on this server; this one waits for its turn.",
  at: {},
};

const cancelled: Issue = { code: "run.cancelled", message: "The run was cancelled.", at: {} };
