/** Runs one piece of work at a time; of what is asked meanwhile only the last is done. */
export interface Latest<T> {
  ask(work: () => Promise<T>): void;
  stop(): void;
}

export function createLatest<T>(
  show: (result: T) => void,
  fail: (error: unknown) => void,
): Latest<T> {
  let [isBusy, isStopped] = [false, false];
  let next: (() => Promise<T>) | null = null;
  const run = async (first: () => Promise<T>): Promise<void> => {
    isBusy = true;
    for (let work: (() => Promise<T>) | null = first; work !== null && !isStopped; work = next) {
      next = null;
      try {
        const result = await work();
        if (!isStopped) show(result);
      } catch (error) {
        if (!isStopped) fail(error);
      }
    }
    isBusy = false;
  };
  return {
    ask(work) {
      if (isBusy) next = work;
      else void run(work);
    },
    stop() {
      isStopped = true;
      next = null;
    },
  };
}
