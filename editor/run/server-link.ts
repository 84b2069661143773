import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import {
  openFromServer,
  seal,
  type FromServer,
} from "../../runtime/protocol/delivery/envelopes.ts";
import { createOutbox } from "../../runtime/protocol/delivery/outbox.ts";
import {
  studioMessage,
  type StudioEvent,
  type StudioMessage,
} from "../../runtime/protocol/studio/messages.ts";
import type { Connection, EngineLink } from "./link.ts";
import { createListeners } from "./listeners.ts";
import { createOngoingRuns } from "./ongoing-runs.ts";
import { createSteadySocket, type Socket } from "./steady-socket.ts";

/** A studio on a server. Messages come in order and once, however often the connection breaks. */
export type ServerLink = EngineLink & Connection;

export interface ServerLinkOptions {
  readonly openSocket: () => Socket;
  /** As `SteadySocketOptions` has them. */
  readonly retryMs?: number;
  readonly silenceMs?: number;
}

const ackMs = 50;

export function createServerLink(options: ServerLinkOptions): ServerLink {
  const { openSocket, retryMs = 250, silenceMs = 40_000 } = options;
  const listeners = createListeners<StudioMessage>();
  const outbox = createOutbox(Infinity);
  const ongoing = createOngoingRuns();
  const known = { session: null as string | null, received: 0 };
  const tell = (message: StudioMessage): void => {
    ongoing.hear(message);
    listeners.tell(message);
  };
  const flush = (): void => {
    if (line.state().is !== "open") return;
    for (let frame = outbox.next(); frame !== null; frame = outbox.next()) line.send(frame);
  };
  const acknowledge = gathered(ackMs, () => line.send(seal({ type: "ack", n: known.received })));
  const acknowledged = (n: number): void => {
    outbox.acknowledge(n);
    ongoing.acknowledge(n);
  };
  const welcome = ({ session, resumed, received, missed }: Welcome): void => {
    outbox.rewind();
    const hadSession = known.session !== null;
    known.session = session;
    if (resumed) acknowledged(received);
    else if (hadSession) {
      known.received = 0;
      for (const message of lostWith(ongoing.takeDelivered())) tell(message);
    }
    line.opened();
    if (missed > 0) tell({ run: null, event: { type: "warning", issue: missedIssue(missed) } });
    flush();
  };
  const take = (envelope: FromServer): void => {
    if (envelope.type === "welcome") return welcome(envelope);
    if (envelope.type === "ack") return acknowledged(envelope.n);
    if (envelope.type === "beat" || envelope.n <= known.received) return;
    known.received = envelope.n;
    acknowledge();
    tell(readMessage(envelope.body));
  };
  const line = createSteadySocket({
    openSocket,
    retryMs,
    silenceMs,
    hello: () => seal({ type: "hello", ...known }),
    receive: (frame) => take(openFromServer(frame)),
  });
  return {
    where: "server",
    state: line.state,
    onState: line.onState,
    retry: line.retry,
    close: line.close,
    send(request) {
      ongoing.ask(request, outbox.put(request));
      flush();
    },
    listen: listeners.add,
  };
}

type Welcome = Extract<FromServer, { type: "welcome" }>;

/** Calls `work` once, a while after it was first asked to. */
function gathered(ms: number, work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, ms);
  };
}

/** @throws IssueError `protocol.invalid` */
function readMessage(body: unknown): StudioMessage {
  const { data, error } = studioMessage.safeParse(body);
  if (data !== undefined) return data;
  const field = error.issues[0]?.path.map(String).join(".") ?? "";
  const message = `The server sent what is no message: its field ${field} is missing or wrong.`;
  throw new IssueError([{ code: "protocol.invalid", message, at: {} }]);
}

/** What a session that is lost means to the runs that the server had; to the page, where it had none. */
const lostWith = (runs: readonly number[]): readonly StudioMessage[] =>
  runs.length === 0
    ? [{ run: null, event: { type: "warning", issue: sessionLost } }]
    : runs.map((run) => ({ run, event: { type: "failed", issues: [sessionLost] } }));

const sessionLost: Issue = {
  code: "server.session-lost",
  message: "The server no longer has this page's runs: it was away for too long, or started anew.",
  at: {},
  fix: "Run the graph again.",
};

/** Whether what the server kept is gone, so that it answers nothing of what it was asked. */
export function losesRuns(event: StudioEvent): boolean {
  const issues = event.type === "failed" ? event.issues : [];
  const told = event.type === "warning" ? [event.issue] : issues;
  return told.some(({ code }) => code === sessionLost.code);
}

const missedIssue = (count: number): Issue => ({
  code: "server.missed",
  message: `While the connection was away, ${count} messages were more than the server keeps; the timeline may have gaps.`,
  at: {},
});
