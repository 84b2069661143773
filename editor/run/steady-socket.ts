import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { closeCodes } from "../../runtime/protocol/delivery/envelopes.ts";
import { createListeners } from "./listeners.ts";

/** A socket as a page has it. */
export interface Socket {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

/** `lost` tries again by itself; `refused` is for good. */
export type ServerState =
  | { readonly is: "connecting" | "open" | "lost" }
  | { readonly is: "refused"; readonly issue: Issue };

/** A connection that comes back. */
export interface SteadySocket {
  /** Sends where the connection is open, and drops the frame where it is not. */
  readonly send: (frame: Uint8Array<ArrayBuffer>) => void;
  readonly state: () => ServerState;
  readonly onState: (listener: (state: ServerState) => void) => () => void;
  /** The server has answered: from here on the connection counts as open. */
  readonly opened: () => void;
  /** Tries at once where the connection is lost. */
  readonly retry: () => void;
  readonly close: () => void;
}

export interface SteadySocketOptions {
  readonly openSocket: () => Socket;
  /** Milliseconds before the first new attempt; each further one waits twice as long, up to 10 s. */
  readonly retryMs: number;
  /** A server that is not heard of for so long is taken for lost. */
  readonly silenceMs: number;
  /** The first frame on each connection. */
  readonly hello: () => Uint8Array<ArrayBuffer>;
  /** @throws IssueError for what cannot be read: the server is then another version's, and the state `refused`. */
  readonly receive: (frame: Uint8Array<ArrayBuffer>) => void;
}

type Timer = ReturnType<typeof setTimeout> | undefined;
const longestRetryMs = 10_000;

export function createSteadySocket(options: SteadySocketOptions): SteadySocket {
  const { openSocket, hello, receive, retryMs, silenceMs } = options;
  const { state, onState, become } = createState();
  const timers: { retry: Timer; silence: Timer } = { retry: undefined, silence: undefined };
  let socket: Socket | null = null;
  let attempts = 0;
  const leave = (code?: number): void => {
    clearTimeout(timers.retry);
    clearTimeout(timers.silence);
    const last = socket;
    socket = null;
    last?.close(code);
  };
  const lose = (which: Socket, code: number): void => {
    if (which !== socket) return;
    leave();
    const issue = refusals.get(code);
    if (issue !== undefined) return become({ is: "refused", issue });
    become({ is: "lost" });
    timers.retry = setTimeout(connect, Math.min(retryMs * 2 ** attempts, longestRetryMs));
    attempts += 1;
  };
  const take = (from: Socket, data: ArrayBuffer): void => {
    if (from !== socket) return;
    listenFor(from);
    if (!tryTo(() => receive(new Uint8Array(data)))) lose(from, closeCodes.badFrame);
  };
  const listenFor = (from: Socket): void => {
    clearTimeout(timers.silence);
    timers.silence = setTimeout(() => lose(from, closeCodes.silent), silenceMs);
  };
  const connect = (): void => {
    clearTimeout(timers.retry);
    const next = openSocket();
    socket = next;
    next.binaryType = "arraybuffer";
    next.onopen = () => next.send(hello());
    next.onmessage = ({ data }: { readonly data: ArrayBuffer }) => take(next, data);
    next.onclose = ({ code }: { readonly code: number }) => lose(next, code);
    listenFor(next);
  };
  connect();
  return {
    state,
    onState,
    send: (frame) => {
      if (state().is === "open") socket?.send(frame);
    },
    opened: () => {
      attempts = 0;
      become({ is: "open" });
    },
    retry: () => {
      if (state().is === "lost" && socket === null) connect();
    },
    close: () => leave(1000),
  };
}

/** False where it throws an issue. */
function tryTo(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof IssueError) return false;
    throw error;
  }
}

interface StateKeeper extends Pick<SteadySocket, "state" | "onState"> {
  readonly become: (next: ServerState) => void;
}

function createState(): StateKeeper {
  const listeners = createListeners<ServerState>();
  let state: ServerState = { is: "connecting" };
  return {
    state: () => state,
    onState: listeners.add,
    become(next) {
      if (next.is === state.is) return;
      state = next;
      listeners.tell(next);
    },
  };
}

const refusal = (message: string, fix: string): Issue => ({
  code: "server.refused",
  message,
  at: {},
  fix,
});
const sameVersion = "Restart the server and open the link that it prints.";

const refusals: ReadonlyMap<number, Issue> = new Map([
  [
    closeCodes.refusedToken,
    refusal(
      "The server does not know this page: its token is wrong, or the server was started anew.",
      "Open the link that the server printed last.",
    ),
  ],
  [
    closeCodes.tooManySessions,
    refusal("Too many pages are open on the server.", "Close some, then reload this one."),
  ],
  [
    closeCodes.badFrame,
    refusal("The page and the server do not understand each other.", sameVersion),
  ],
  [closeCodes.noHello, refusal("The server expects pages of another version.", sameVersion)],
]);
