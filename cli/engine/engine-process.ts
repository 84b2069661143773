import { IssueError } from "../../runtime/base/issue.ts";
import { isCheckEvent, type CheckEvent, type EngineEvent } from "../../runtime/protocol/events.ts";
import type { RunRequest } from "../../runtime/protocol/requests.ts";
import { spawnEngine, type EngineChild } from "./spawn-engine.ts";

/** The engine in a process of its own. A crash there is an issue here; nothing there outlives us. */
export interface EngineProcess {
  /**
   * Runs a graph; the last event is `done`.
   *
   * @throws IssueError what the engine refused, or `engine.ended` when its process ended.
   */
  run(request: Omit<RunRequest, "type" | "run">): AsyncGenerator<RunningEvent, void, void>;
  /** Ends the process at once, whatever it is doing; a run in progress throws `engine.ended`. */
  kill(): void;
  /** Process id, for tests of crashes. */
  readonly pid: number | undefined;
}

/** Events of a run that goes on; a failure is thrown instead. */
export type RunningEvent = Exclude<EngineEvent, { type: "failed" } | CheckEvent>;

type AnyEvent = Exclude<EngineEvent, CheckEvent>;

export interface EngineProcessOptions {
  /** Another engine for tests; default: the shipped nodes on Node's backends. */
  readonly script?: string;
}

export function startEngineProcess({ script }: EngineProcessOptions = {}): EngineProcess {
  const child = spawnEngine(script);
  let runs = 0;
  return {
    pid: child.pid,
    kill: child.kill,
    run(request) {
      runs += 1;
      return follow(child, { type: "run", run: runs, ...request });
    },
  };
}

/** Sends a run and yields its events as they come; whoever stops listening cancels it. */
async function* follow(
  child: EngineChild,
  request: RunRequest,
): AsyncGenerator<RunningEvent, void, void> {
  const inbox: Inbox = { waiting: [], failure: null, wake: () => {} };
  let isOver = false;
  const fail = (error: IssueError): void => {
    inbox.failure ??= error;
    inbox.wake();
  };
  const leave = child.listen({
    message({ run, event }) {
      if (run === request.run && !isCheckEvent(event)) inbox.waiting.push(event);
      inbox.wake();
    },
    unreadable: fail,
  });
  const leaveEnding = child.onEnd(() => inbox.wake());
  try {
    child.send(request, fail);
    for (;;) {
      const event = await nextEvent(inbox, child);
      isOver = event.type === "failed" || event.type === "done";
      if (event.type === "failed") throw new IssueError(event.issues);
      yield event;
      if (event.type === "done") return;
    }
  } finally {
    leave();
    leaveEnding();
    // A cancel that cannot be sent has nobody to cancel.
    if (!isOver) child.send({ type: "cancel", run: request.run }, () => {});
  }
}

interface Inbox {
  readonly waiting: AnyEvent[];
  /** Why nothing more can come, though the process lives. */
  failure: IssueError | null;
  wake: () => void;
}

/**
 * @throws IssueError when all that was sent is taken: `engine.ended` when the process ended or cannot
 *   be reached, `protocol.invalid` when it sent what is no event.
 */
async function nextEvent(inbox: Inbox, child: EngineChild): Promise<AnyEvent> {
  for (;;) {
    const event = inbox.waiting.shift();
    if (event !== undefined) return event;
    const why = child.ended() ?? inbox.failure;
    if (why !== null) throw why;
    await new Promise<void>((resolve) => {
      inbox.wake = resolve;
    });
  }
}
