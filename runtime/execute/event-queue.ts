/**
 * Runs `produce` and yields what it emits; its failure is thrown after what it had emitted. A consumer
 * that stops early aborts the signal, and waits until `produce` has ended.
 */
export async function* createEventQueue<T>(
  produce: (emit: (event: T) => void, left: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void, void> {
  const waiting: T[] = [];
  const left = new AbortController();
  let wake: (() => void) | null = null;
  let ended: { readonly error: unknown } | { readonly error?: never } | null = null;
  const signal = () => {
    wake?.();
    wake = null;
  };
  const work = produce((event) => {
    waiting.push(event);
    signal();
  }, left.signal).then(
    () => {
      ended = {};
      signal();
    },
    (error: unknown) => {
      ended = { error };
      signal();
    },
  );
  try {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift() as T;
      if (ended !== null) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || ended !== null) resolve();
      });
    }
  } finally {
    left.abort();
    await work;
  }
  if ("error" in (ended as object)) throw (ended as { readonly error: unknown }).error;
}
