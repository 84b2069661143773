import type { Release, TabLocks } from "./tab-locks.ts";

/** Holds the lock of the file that is open. */
export interface Holder {
  /** False where another tab holds the file; what was held before is then held still. */
  hold(documentId: string): Promise<boolean>;
  take(documentId: string, release: Release): void;
  release(): void;
  /** Aborted when another file is held, or none. */
  waiting(): AbortSignal;
}

export function createHolder(locks: TabLocks): Holder {
  let held: { readonly documentId: string; readonly release: Release } | null = null;
  let wait: AbortController | null = null;
  const release = (): void => {
    wait?.abort();
    held?.release();
    wait = null;
    held = null;
  };
  const take = (documentId: string, letGo: Release): void => {
    release();
    held = { documentId, release: letGo };
  };
  return {
    hold: async (documentId) => {
      if (held?.documentId === documentId) return true;
      const granted = await locks.holdDocument(documentId);
      if (granted !== null) take(documentId, granted);
      return granted !== null;
    },
    take,
    release,
    waiting: () => (wait = new AbortController()).signal,
  };
}
