import { lazy, Suspense, type ComponentType } from "react";

type Load<P> = () => Promise<ComponentType<P>>;

const waiting = new Set<() => Promise<unknown>>();

/**
 * A part of the page whose code comes after the first screen: when it is shown, or when the page is idle, so that nobody
 * waits for it.
 */
export function later<P extends object>(load: Load<P>): ComponentType<P> {
  waiting.add(load);
  const Part = lazy(async () => ({ default: await load() }));
  return function Later(props: P) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** Loads what has not been shown yet, one part after another, in idle time. */
export function loadTheRest(): void {
  const idle = (work: () => void): void => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 3000 });
    else setTimeout(work, 500);
  };
  idle(() => void loadAll());
}

async function loadAll(): Promise<void> {
  for (const load of waiting) await load();
  waiting.clear();
}
