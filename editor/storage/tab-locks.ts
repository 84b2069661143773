/** Lets go of a lock. */
export type Release = () => void;

/** The part of the page's lock manager that is needed. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    granted: (lock: object | null) => Promise<void> | null,
  ): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

const draftLock = "denoodle/draft/";
const documentLock = "denoodle/document/";

/** What tabs hold so that others know of it: the draft they write, and the file they edit. */
export interface TabLocks {
  /** Null where a living tab writes this draft. */
  holdDraft(id: string): Promise<Release | null>;
  /** Null where another tab edits this file. */
  holdDocument(id: string): Promise<Release | null>;
  /** The file, as soon as the tab that edits it lets go; null when `signal` stops the wait. */
  waitForDocument(id: string, signal: AbortSignal): Promise<Release | null>;
  /** Drafts that living tabs write. */
  heldDrafts(): Promise<ReadonlySet<string>>;
}

/** A page that reloads still holds its lock for a moment. */
const reloadMs = 1500;

export function createTabLocks(locks: Locks): TabLocks {
  return {
    holdDraft: (id) => hold(locks, draftLock + id, AbortSignal.timeout(reloadMs)),
    holdDocument: (id) => hold(locks, documentLock + id, null),
    waitForDocument: (id, signal) => hold(locks, documentLock + id, signal),
    heldDrafts: async () => {
      const { held = [] } = await locks.query();
      const names = held.flatMap(({ name = "" }) =>
        name.startsWith(draftLock) ? [name.slice(draftLock.length)] : [],
      );
      return new Set(names);
    },
  };
}

/** Waits until `signal`, or not at all where it is null. */
function hold(locks: Locks, name: string, signal: AbortSignal | null): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const options = signal === null ? { ifAvailable: true } : { signal };
    const granted = (lock: object | null): Promise<void> | null => {
      if (lock !== null) return new Promise((release) => resolve(release));
      resolve(null);
      return null;
    };
    locks.request(name, options, granted).catch((fault: unknown) => {
      if (signal?.aborted === true) resolve(null);
      else reject(fault);
    });
  });
}

/** For a page that has no lock manager (it is not a secure context): nobody is kept out. */
export const withoutLocks: TabLocks = {
  holdDraft: async () => () => {},
  holdDocument: async () => () => {},
  waitForDocument: async () => () => {},
  heldDrafts: async () => new Set(),
};
