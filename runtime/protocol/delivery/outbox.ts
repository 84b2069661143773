import { seal } from "./envelopes.ts";

/** Messages on their way to the other side, kept until it says that it has them. */
export interface Outbox {
  /**
   * Takes a message. Of those with the same key only the newest is kept: it goes to the end of the
   * line. Whatever is in a keyed one must not change, as it is encoded when its turn comes.
   */
  put(body: unknown, key?: string): void;
  /** The next frame to send; null when all are sent. */
  next(): Uint8Array<ArrayBuffer> | null;
  /** The other side has all up to `n`. */
  acknowledge(n: number): void;
  /** A new connection begins: what was not acknowledged is sent again. */
  rewind(): void;
  /** How many messages were dropped, the oldest first, because the limit was reached; counts from 0 again. */
  takeMissed(): number;
}

interface Letter {
  readonly body: unknown;
  readonly key: string | undefined;
  /** Null while it may yet be replaced. */
  readonly frame: Uint8Array<ArrayBuffer> | null;
}

/** @param limit bytes of frames without a key that may wait; those with a key are as few as the keys. */
export function createOutbox(limit: number): Outbox {
  let unsent = new Map<number, Letter>();
  let sent = new Map<number, Letter>();
  const byKey = new Map<string, number>();
  let last = 0;
  let bytes = 0;
  let missed = 0;
  const remove = (n: number): void => {
    const letter = unsent.get(n) ?? sent.get(n);
    if (letter === undefined) return;
    bytes -= letter.frame?.length ?? 0;
    if (letter.key !== undefined) byKey.delete(letter.key);
    unsent.delete(n);
    sent.delete(n);
  };
  const dropOldest = (): void => {
    for (const line of [sent, unsent])
      for (const [n, { frame }] of line) {
        if (bytes <= limit) return;
        if (frame === null) continue;
        remove(n);
        missed += 1;
      }
  };
  return {
    put(body, key) {
      last += 1;
      const before = key === undefined ? undefined : byKey.get(key);
      if (before !== undefined) remove(before);
      if (key !== undefined) byKey.set(key, last);
      const frame = key === undefined ? seal({ type: "message", n: last, body }) : null;
      bytes += frame?.length ?? 0;
      unsent.set(last, { body: frame === null ? body : null, key, frame });
      dropOldest();
    },
    next() {
      const first = unsent.entries().next();
      if (first.done === true) return null;
      const [n, letter] = first.value;
      unsent.delete(n);
      sent.set(n, letter);
      return letter.frame ?? seal({ type: "message", n, body: letter.body });
    },
    acknowledge(n) {
      for (const each of sent.keys()) {
        if (each > n) return;
        remove(each);
      }
    },
    rewind() {
      unsent = new Map([...sent, ...unsent]);
      sent = new Map();
    },
    takeMissed() {
      const count = missed;
      missed = 0;
      return count;
    },
  };
}
