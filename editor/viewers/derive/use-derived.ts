import { useEffect, useRef, useState } from "react";
import type { Remote } from "comlink";
import { createLatest, type Latest } from "./latest.ts";
import { worker } from "./start-worker.ts";
import type { Tasks } from "./tasks.ts";

/**
 * What the worker makes of something, null until the first is there; while it works the one before stays. `work` must
 * be the same function as long as it asks for the same.
 */
export function useDerived<T>(work: (worker: Remote<Tasks>) => Promise<T>): T | null {
  const [result, setResult] = useState<T | null>(null);
  const latest = useRef<Latest<T> | null>(null);
  useEffect(() => {
    const queue = createLatest<T>((next) => setResult(() => next), reportError);
    latest.current = queue;
    return () => queue.stop();
  }, []);
  useEffect(() => latest.current?.ask(() => work(worker())), [work]);
  return result;
}
