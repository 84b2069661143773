import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { IssueError, issueError } from "../../runtime/base/issue.ts";
import { engineMessage, type EngineEvent } from "../../runtime/protocol/events.ts";
import type { EngineRequest, RunRequest } from "../../runtime/protocol/requests.ts";

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
export type RunningEvent = Exclude<EngineEvent, { type: "failed" }>;

export interface EngineProcessOptions {
  /** Another engine for tests; default: the shipped nodes on Node's backends. */
  readonly script?: string;
}

const launch = fileURLToPath(new URL("launch.mjs", import.meta.url));
const keptErrorText = 4000;

export function startEngineProcess(options: EngineProcessOptions = {}): EngineProcess {
  const child = fork(options.script ?? launch, {
    serialization: "advanced",
    // A process group of its own: Ctrl-C at the terminal is ours to answer, not the child's.
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const ending = watchEnding(child);
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let runs = 0;
  return {
    pid: child.pid,
    kill,
    run(request) {
      runs += 1;
      return follow(child, { type: "run", run: runs, ...request }, ending);
    },
  };
}

interface Ending {
  /** Null while the process lives. */
  readonly why: () => IssueError | null;
  /** Calls the listener at the end; what it returns takes the listener back. */
  readonly onEnd: (listener: () => void) => () => void;
}

function watchEnding(child: ChildProcess): Ending {
  let why: IssueError | null = null;
  let errorText = "";
  const listeners = new Set<() => void>();
  const end = (reason: string): void => {
    why ??= endedError(reason, errorText);
    for (const listener of listeners) listener();
  };
  const onEnd: Ending["onEnd"] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  child.stderr?.on("data", (chunk: Buffer) => {
    errorText = `${errorText}${chunk.toString()}`.slice(-keptErrorText);
  });
  child.on("error", (error) => end(error.message));
  // After the last message and the last line of stderr.
  child.on("close", (code, signal) => end(signal === null ? `exit code ${code}` : signal));
  return { why: () => why, onEnd };
}

function endedError(reason: string, errorText: string): IssueError {
  const memory = reason === "SIGKILL" || /out of memory|bad_alloc/i.test(errorText);
  return issueError(
    "engine.ended",
    `The engine's process ended before the run was done (${reason}).`,
    {},
    {
      ...(errorText.trim() === "" ? {} : { got: errorText.trim() }),
      fix: memory
        ? "The machine may be short of memory: use a smaller image or fewer samples."
        : "If it happens again, try --backend cpu.",
    },
  );
}

/** Sends a run and yields its events as they come; whoever stops listening cancels it. */
async function* follow(
  child: ChildProcess,
  request: Extract<EngineRequest, { type: "run" }>,
  ending: Ending,
): AsyncGenerator<RunningEvent, void, void> {
  const inbox: Inbox = { waiting: [], failure: null, wake: () => {} };
  let isOver = false;
  const take = (message: unknown): void => {
    const { data, error } = engineMessage.safeParse(message);
    if (data === undefined) inbox.failure ??= unreadable(error);
    else if (data.run === request.run) inbox.waiting.push(data.event);
    inbox.wake();
  };
  const fail = (error: Error | null): void => {
    if (error === null) return;
    inbox.failure ??= endedError(error.message, "");
    inbox.wake();
  };
  child.on("message", take);
  const leaveEnding = ending.onEnd(() => inbox.wake());
  try {
    // Without a channel the end is near, and says why.
    if (child.connected) child.send(request, fail);
    for (;;) {
      const event = await nextEvent(inbox, ending);
      isOver = event.type === "failed" || event.type === "done";
      if (event.type === "failed") throw failed(event);
      yield event;
      if (event.type === "done") return;
    }
  } finally {
    child.off("message", take);
    leaveEnding();
    // A cancel that cannot be sent has nobody to cancel.
    if (!isOver && child.connected) child.send({ type: "cancel", run: request.run }, () => {});
  }
}

interface Inbox {
  readonly waiting: EngineEvent[];
  /** Why nothing more can come, though the process lives. */
  failure: IssueError | null;
  wake: () => void;
}

/**
 * @throws IssueError when all that was sent is taken: `engine.ended` when the process ended or cannot
 *   be reached, `protocol.invalid` when it sent what is no event.
 */
async function nextEvent(inbox: Inbox, ending: Ending): Promise<EngineEvent> {
  for (;;) {
    const event = inbox.waiting.shift();
    if (event !== undefined) return event;
    const why = ending.why() ?? inbox.failure;
    if (why !== null) throw why;
    await new Promise<void>((resolve) => {
      inbox.wake = resolve;
    });
  }
}

function unreadable({ issues: [first] }: z.ZodError): IssueError {
  return issueError(
    "protocol.invalid",
    `The engine's process sent what is no event: its field ${first?.path.join(".") ?? ""} is missing or wrong.`,
  );
}

function failed({ issues }: Extract<EngineEvent, { type: "failed" }>): IssueError {
  return new IssueError(issues);
}
