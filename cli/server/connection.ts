import type { WebSocket } from "ws";
import { IssueError } from "../../runtime/base/issue.ts";
import type { FrameLimits } from "../../runtime/protocol/codec.ts";
import {
  closeCodes,
  openFromClient,
  seal,
  type FromClient,
} from "../../runtime/protocol/delivery/envelopes.ts";
import type { Session, Sessions } from "./sessions.ts";

export interface ConnectionOptions {
  readonly sessions: Sessions;
  readonly limits: FrameLimits;
  /** Between two signs of life that are asked for; a client that gives none is gone. */
  readonly beatMs: number;
  readonly log: (line: string) => void;
}

type CloseCode = keyof typeof closeCodes;

/** What a page closes with that is closed itself; a connection that breaks has other codes. */
const farewells: ReadonlySet<number> = new Set([1000, 1001]);
/** More than this under way and the rest waits, so that newer previews can take the place of older ones. */
const underWayBytes = 2 * 2 ** 20;

/** Serves a client whose token was right, until its connection ends. */
export function serveConnection(socket: WebSocket, options: ConnectionOptions): void {
  let attached: Attached | null = null;
  const close = (why: CloseCode, reason: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    options.log(`closed a connection: ${reason}`);
    socket.close(closeCodes[why], reason.slice(0, 100));
  };
  const stopBeat = keepBeating(socket, options.beatMs, () => {
    if (attached === null) close("noHello", "the client did not say which session is its own");
  });
  socket.on("message", (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    try {
      if (!isBinary) return close("badFrame", "a text where a binary frame belongs");
      const envelope = openFromClient(new Uint8Array(data as ArrayBuffer), options.limits);
      if (attached !== null) return attached.take(envelope);
      if (envelope.type !== "hello") return close("noHello", "the first message is no hello");
      attached = greet(socket, envelope, options.sessions, close);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      close("badFrame", error.issues[0]?.message ?? "a frame that cannot be read");
    }
  });
  socket.on("error", (error) => options.log(`closed a connection: ${error.message}`));
  socket.on("close", (code) => {
    stopBeat();
    attached?.leave(!farewells.has(code));
  });
}

interface Attached {
  readonly take: (envelope: FromClient) => void;
  readonly leave: (mayReturn: boolean) => void;
}

function greet(
  socket: WebSocket,
  hello: Extract<FromClient, { type: "hello" }>,
  sessions: Sessions,
  close: (why: CloseCode, reason: string) => void,
): Attached | null {
  const opened = sessions.open(hello.session);
  if (opened === null) {
    close("tooManySessions", "too many pages are open on this server");
    return null;
  }
  const { session, resumed } = opened;
  const flush = sender(socket, session);
  const leave = session.attach({
    wake: flush,
    replaced: () => close("replaced", "the page has connected anew"),
    tooSlow: () => close("tooSlow", "the page takes messages too slowly"),
  });
  if (resumed) session.outbox.acknowledge(hello.received);
  socket.send(
    seal({
      type: "welcome",
      session: session.id,
      resumed,
      received: session.received(),
      missed: session.takeMissed(),
    }),
  );
  flush();
  const acknowledge = atEndOfTurn(() => {
    if (socket.readyState === socket.OPEN)
      socket.send(seal({ type: "ack", n: session.received() }));
  });
  return {
    leave,
    take(envelope) {
      if (envelope.type === "ack") return session.outbox.acknowledge(envelope.n);
      if (envelope.type === "hello") return close("badFrame", "a second hello");
      session.receive(envelope.n, envelope.body);
      acknowledge();
    },
  };
}

/** Sends what the session has, as fast as the socket takes it. */
function sender(socket: WebSocket, { outbox }: Session): () => void {
  const flush = (): void => {
    while (socket.readyState === socket.OPEN && socket.bufferedAmount < underWayBytes) {
      const frame = outbox.next();
      if (frame === null) return;
      socket.send(frame, (error) => {
        if (error === undefined || error === null) flush();
      });
    }
  };
  return flush;
}

/** Calls `work` once, after all that this turn of the event loop asks it for. */
function atEndOfTurn(work: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    setImmediate(() => {
      isAsked = false;
      work();
    });
  };
}

/** Asks for signs of life, and ends a connection that gave none since it was last asked. */
function keepBeating(socket: WebSocket, everyMs: number, each: () => void): () => void {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
    socket.send(seal({ type: "beat" }));
    each();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
