/** The parts of a browser that isolation needs. */
export interface IsolationHost {
  readonly isIsolated: boolean;
  /** Null where the browser has none, or the page is not served securely. */
  readonly workers: Pick<
    ServiceWorkerContainer,
    "register" | "controller" | "addEventListener"
  > | null;
  /** Lives as long as the tab. */
  readonly memory: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly reload: () => void;
}

const memoryKey = "denoodle.isolating";

/**
 * Makes a page that was served without the headers of cross-origin isolation ask for itself again
 * through a service worker that adds them: once a tab, so that a browser in which that does not help
 * is left as it is, with one thread.
 *
 * @returns whether the page is about to be loaded again, so that starting anything is in vain.
 */
export async function isolate(host: IsolationHost = page()): Promise<boolean> {
  const { isIsolated, workers, memory, reload } = host;
  if (isIsolated) {
    memory.removeItem(memoryKey);
    return false;
  }
  if (workers === null || memory.getItem(memoryKey) !== null) return false;
  memory.setItem(memoryKey, "tried");
  try {
    const ready = new Promise<void>((resolve) => {
      if (workers.controller === null)
        workers.addEventListener("controllerchange", () => resolve(), { once: true });
      else resolve();
    });
    await workers.register(new URL("isolate-sw.js", document.baseURI));
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  } catch (error) {
    // A browser that forbids service workers, as private windows may.
    if (error instanceof DOMException || error instanceof TypeError) return false;
    throw error;
  }
  reload();
  return true;
}

const patienceMs = 3000;

function page(): IsolationHost {
  const isAble = globalThis.isSecureContext && "serviceWorker" in navigator;
  return {
    isIsolated: globalThis.crossOriginIsolated,
    workers: isAble ? navigator.serviceWorker : null,
    memory: sessionStorage,
    reload: () => location.reload(),
  };
}
