import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { issueError, type IssueError } from "../../runtime/base/issue.ts";
import { engineMessage, type EngineMessage } from "../../runtime/protocol/events.ts";
import type { EngineRequest } from "../../runtime/protocol/requests.ts";

/** An engine's process and its channel. */
export interface EngineChild {
  readonly pid: number | undefined;
  /** Sends where there is a channel; without one the end is near, and says why. `fail` hears of what cannot be sent. */
  readonly send: (request: EngineRequest, fail: (why: IssueError) => void) => void;
  /** Hears all messages, and of what is none; what it returns takes the listener back. */
  readonly listen: (listener: ChildListener) => () => void;
  /** Why the process ended; null while it lives. */
  readonly ended: () => IssueError | null;
  /** Calls back at the end; what it returns takes that back. */
  readonly onEnd: (listener: () => void) => () => void;
  /** Ends the process at once, whatever it is doing. */
  readonly kill: () => void;
}

export interface ChildListener {
  readonly message: (message: EngineMessage) => void;
  readonly unreadable: (why: IssueError) => void;
}

const launch = fileURLToPath(new URL("launch.mjs", import.meta.url));
const keptErrorText = 4000;

/** @param script another engine for tests; default: the shipped nodes on Node's backends. */
export function spawnEngine(script: string = launch): EngineChild {
  const child = fork(script, {
    serialization: "advanced",
    // A process group of its own: Ctrl-C at the terminal is ours to answer, not the child's.
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const { ended, onEnd } = watchEnding(child);
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return {
    pid: child.pid,
    kill,
    ended,
    onEnd,
    send(request, fail) {
      if (!child.connected) return;
      child.send(request, (error) => {
        if (error !== null) fail(endedError(error.message, ""));
      });
    },
    listen({ message, unreadable }) {
      const take = (sent: unknown): void => {
        const { data, error } = engineMessage.safeParse(sent);
        if (data === undefined) unreadable(unreadableError(error));
        else message(data);
      };
      child.on("message", take);
      return () => void child.off("message", take);
    },
  };
}

function watchEnding(child: ChildProcess): Pick<EngineChild, "ended" | "onEnd"> {
  let why: IssueError | null = null;
  let errorText = "";
  const listeners = new Set<() => void>();
  const end = (reason: string): void => {
    why ??= endedError(reason, errorText);
    for (const listener of listeners) listener();
  };
  child.stderr?.on("data", (chunk: Buffer) => {
    errorText = `${errorText}${chunk.toString()}`.slice(-keptErrorText);
  });
  child.on("error", (error) => end(error.message));
  // After the last message and the last line of stderr.
  child.on("close", (code, signal) => end(signal === null ? `exit code ${code}` : signal));
  return {
    ended: () => why,
    onEnd(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
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

function unreadableError({ issues: [first] }: z.ZodError): IssueError {
  return issueError(
    "protocol.invalid",
    `The engine's process sent what is no event: its field ${first?.path.join(".") ?? ""} is missing or wrong.`,
  );
}
