import { seal } from "./envelopes.ts";

/** Messages on their way to the other side, kept until it says that it has them. */
export interface Outbox {
  /**
   * Takes a message. Of those with the same key only the newest is kept: it goes to the end of the
   * line. Whatever is in a keyed one must not change, as it is encoded when its turn comes.
   *
   * @returns its number.
   */
  put(body: unknown, key?: string): number;
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

interface Letters {
  unsent: Map<number, Letter>;
  sent: Map<number, Letter>;
  readonly byKey: Map<string, number>;
  /** Of the frames. */
  bytes: number;
}

/** @param limit bytes of frames without a key that may wait; those with a key are as few as the keys. */
export function createOutbox(limit: number): Outbox {
  const letters: Letters = { unsent: new Map(), sent: new Map(), byKey: new Map(), bytes: 0 };
  let last = 0;
  let missed = 0;
  return {
    put(body, key) {
      last += 1;
      const before = key === undefined ? undefined : letters.byKey.get(key);
      if (before !== undefined) remove(letters, before);
      if (key !== undefined) letters.byKey.set(key, last);
      const frame = key === undefined ? seal({ type: "message", n: last, body }) : null;
      letters.bytes += frame?.length ?? 0;
      letters.unsent.set(last, { body: frame === null ? body : null, key, frame });
      missed += dropOldest(letters, limit);
      return last;
    },
    next() {
      const first = letters.unsent.entries().next();
      if (first.done === true) return null;
      const [n, letter] = first.value;
      letters.unsent.delete(n);
      letters.sent.set(n, letter);
      return letter.frame ?? seal({ type: "message", n, body: letter.body });
    },
    acknowledge(n) {
      // After `rewind`, what was sent before is in the line of the unsent.
      for (const line of [letters.sent, letters.unsent])
        for (const each of line.keys()) {
          if (each > n) break;
          remove(letters, each);
        }
    },
    rewind() {
      letters.unsent = new Map([...letters.sent, ...letters.unsent]);
      letters.sent = new Map();
    },
    takeMissed() {
      const count = missed;
      missed = 0;
      return count;
    },
  };
}

function remove(letters: Letters, n: number): void {
  const letter = letters.unsent.get(n) ?? letters.sent.get(n);
  if (letter === undefined) return;
  letters.bytes -= letter.frame?.length ?? 0;
  if (letter.key !== undefined) letters.byKey.delete(letter.key);
  letters.unsent.delete(n);
  letters.sent.delete(n);
}

/** How many were dropped. */
function dropOldest(letters: Letters, limit: number): number {
  let count = 0;
  for (const line of [letters.sent, letters.unsent])
    for (const [n, { frame }] of line) {
      if (letters.bytes <= limit) return count;
      if (frame === null) continue;
      remove(letters, n);
      count += 1;
    }
  return count;
}
