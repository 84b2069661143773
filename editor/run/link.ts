import { issueError } from "../../runtime/base/issue.ts";
import { endsJob } from "../../runtime/protocol/events.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { ServerState } from "./steady-socket.ts";

/** The way to a studio elsewhere, which may break and come back. */
export interface Connection {
  readonly state: () => ServerState;
  readonly onState: (listener: (state: ServerState) => void) => () => void;
  /** Tries at once where the connection is lost. */
  readonly retry: () => void;
}

/** A studio, wherever it runs; one in the page needs no connection. */
export interface EngineLink extends Partial<Connection> {
  readonly where: "browser" | "server";
  readonly send: (request: StudioRequest) => void;
  /** What it returns ends the listening. */
  readonly listen: (listener: (message: StudioMessage) => void) => () => void;
  /** Ends the studio and all its runs. */
  readonly close: () => void;
}

/** A studio in a worker of this page. */
export interface StudioWorker {
  readonly send: (request: StudioRequest) => void;
  readonly end: () => void;
}

export interface WorkerListener {
  readonly message: (message: StudioMessage) => void;
  /** It ended by itself. */
  readonly died: (reason: string) => void;
}

export type StartStudioWorker = (listener: WorkerListener) => StudioWorker;

/** The worker starts with the first request. When it dies its runs fail, and the next request starts another. */
export function createWorkerLink(start: StartStudioWorker): EngineLink {
  const listeners = new Set<(message: StudioMessage) => void>();
  const ongoing = new Set<number>();
  let worker: StudioWorker | null = null;
  const tell = (message: StudioMessage): void => {
    const { run, event } = message;
    if (run !== null && endsJob(event)) ongoing.delete(run);
    for (const listener of listeners) listener(message);
  };
  const died = (reason: string): void => {
    worker?.end();
    worker = null;
    const { issues } = diedError(reason);
    const lost = [...ongoing];
    for (const run of lost) tell({ run, event: { type: "failed", issues } });
    if (lost.length > 0) return;
    for (const issue of issues) tell({ run: null, event: { type: "warning", issue } });
  };
  return {
    where: "browser",
    send(request) {
      if (request.type === "run" || request.type === "check") ongoing.add(request.run);
      worker ??= start({ message: tell, died });
      worker.send(request);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      worker?.end();
      worker = null;
      ongoing.clear();
    },
  };
}

const diedError = (reason: string) =>
  issueError(
    "studio.ended",
    `The page's engine ended unexpectedly (${reason}); a new one starts with the next run.`,
    {},
    { fix: "Run again. If it happens again, use a smaller image or fewer samples." },
  );
