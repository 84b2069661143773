/** Runs `produce` and yields what it emits; its failure is thrown after what it had emitted. */
export async function* createEventQueue<T>(
  produce: (emit: (event: T) => void) => Promise<void>,
): AsyncGenerator<T, void, void> {
  const waiting: T[] = [];
  let wake: (() => void) | null = null;
  let ended: { readonly error: unknown } | { readonly error?: never } | null = null;
  const signal = () => {
    wake?.();
    wake = null;
  };
  const work = produce((event) => {
    waiting.push(event);
    signal();
  }).then(
    () => { ended = {}; signal(); },
    (error: unknown) => { ended = { error }; signal(); },
  );
  for (;;) {
    while (waiting.length > 0) yield waiting.shift() as T;
    if (ended !== null) break;
    await new Promise<void>((resolve) => { wake = resolve; if (waiting.length > 0 || ended !== null) resolve(); });
  }
  await work;
  if ("error" in (ended as object)) throw (ended as { readonly error: unknown }).error;
}
