import type { Key } from "../document/keys.ts";

/** Things made again only where what they are made of is something else than the last time. */
export interface Memory<T> {
  /** `of`: all that `make` depends on. */
  keep(key: Key, of: readonly unknown[], make: () => T): T;
  /** Forgets what was not kept since the last turn. */
  turn(): void;
}

interface Made<T> {
  readonly of: readonly unknown[];
  readonly thing: T;
}

export function createMemory<T>(): Memory<T> {
  let before = new Map<Key, Made<T>>();
  let now = new Map<Key, Made<T>>();
  return {
    keep(key, of, make) {
      const last = before.get(key);
      const made = last !== undefined && isSameList(last.of, of) ? last : { of, thing: make() };
      now.set(key, made);
      return made.thing;
    },
    turn() {
      before = now;
      now = new Map();
    },
  };
}

/** The same things in the same order. */
export const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((thing, i) => Object.is(thing, b[i]));
