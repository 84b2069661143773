import { randomBytes } from "node:crypto";
import { createOutbox, type Outbox } from "../../runtime/protocol/delivery/outbox.ts";
import type { Studio } from "../../runtime/protocol/studio/host.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";

/** The line to a client while it is there. */
export interface Line {
  /** There is something to send. */
  readonly wake: () => void;
  /** The client has come by another way. */
  readonly replaced: () => void;
  /** It takes messages so slowly that some were dropped. */
  readonly tooSlow: () => void;
}

/** A page's studio, with what its page has yet to get. It outlives connections. */
export interface Session {
  readonly id: string;
  readonly outbox: Outbox;
  /** The highest number that came. */
  readonly received: () => number;
  /** How many messages were dropped since this was last asked. */
  readonly takeMissed: () => number;
  /** Takes a request, unless it came before. */
  readonly receive: (n: number, body: unknown) => void;
  /** A client is there; what it returns says that it is gone, and whether it may come back. */
  readonly attach: (line: Line) => (mayReturn: boolean) => void;
}

export interface Sessions {
  /** The session asked for where there is one, else a new one; null where there are too many. */
  readonly open: (wanted: string | null) => { session: Session; resumed: boolean } | null;
  /** Ends all studios. */
  readonly close: () => void;
}

export interface SessionOptions {
  readonly openStudio: (post: (message: StudioMessage) => void) => Studio;
  /** Bytes of messages that are kept for a client that is not there. */
  readonly keptBytes: number;
  /** How long a session waits for its client. */
  readonly idleMs: number;
  readonly most: number;
}

interface Open extends Session {
  readonly isAttached: () => boolean;
  readonly end: () => void;
}

export function createSessions(options: SessionOptions): Sessions {
  const known = new Map<string, Open>();
  const makeRoom = (): boolean => {
    if (known.size < options.most) return true;
    const leaving = [...known.values()].find((session) => !session.isAttached());
    leaving?.end();
    return leaving !== undefined;
  };
  return {
    open(wanted) {
      const before = wanted === null ? undefined : known.get(wanted);
      if (before !== undefined) return { session: before, resumed: true };
      if (!makeRoom()) return null;
      const session = createSession(options, (id) => known.delete(id));
      known.set(session.id, session);
      return { session, resumed: false };
    },
    close() {
      for (const session of known.values()) session.end();
    },
  };
}

function createSession(
  { openStudio, keptBytes, idleMs }: SessionOptions,
  forget: (id: string) => void,
): Open {
  const id = randomBytes(18).toString("base64url");
  const outbox = createOutbox(keptBytes);
  let line: Line | null = null;
  let received = 0;
  let missed = 0;
  let timer: NodeJS.Timeout | undefined;
  const studio = openStudio((message) => {
    outbox.put(message, keyOf(message));
    const dropped = outbox.takeMissed();
    missed += dropped;
    if (dropped > 0) line?.tooSlow();
    line?.wake();
  });
  const end = (): void => {
    clearTimeout(timer);
    studio.close();
    forget(id);
  };
  const wait = (): void => {
    timer = setTimeout(end, idleMs).unref();
  };
  return {
    id,
    outbox,
    end,
    received: () => received,
    isAttached: () => line !== null,
    takeMissed() {
      const count = missed;
      missed = 0;
      return count;
    },
    receive(n, body) {
      if (n <= received) return;
      received = n;
      studio.receive(body);
    },
    attach(next) {
      clearTimeout(timer);
      line?.replaced();
      line = next;
      outbox.rewind();
      return (mayReturn) => {
        if (line !== next) return;
        line = null;
        if (mayReturn) wait();
        else end();
      };
    },
  };
}

/** Messages that newer ones make worthless: previews, and how much of a file has come. */
function keyOf({ run, event }: StudioMessage): string | undefined {
  if (event.type === "frame" && event.ticket === null) return `frame ${run} ${event.wire}`;
  if (event.type === "loading") return `loading ${run} ${event.file}`;
  return undefined;
}
