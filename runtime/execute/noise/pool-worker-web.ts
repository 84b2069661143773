import type { FromPoolWorker, PoolWorker, StartPoolWorker, ToPoolWorker } from "./pool-worker.ts";

/** What is used of a page's Worker; no library of the DOM is in scope. */
interface WebWorker {
  onmessage: ((event: { readonly data: FromPoolWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: ToPoolWorker, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
}
type NewWebWorker = new (url: string, options: { readonly name: string }) => WebWorker;

/**
 * Starts a pool worker as a Web Worker, from a blob. Where the page's policy forbids blobs the
 * worker fails and the pool draws on the caller's thread.
 */
export const startWebPoolWorker: StartPoolWorker = (script, events): PoolWorker => {
  const { Worker } = globalThis as unknown as { readonly Worker: NewWebWorker };
  const blob = new Blob([`const port = self;${script}`], { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url, { name: "noise" });
  worker.onmessage = ({ data }) => events.message(data);
  worker.onerror = ({ message }) => events.failure(message ?? "the worker could not start");
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    hold: () => {},
    release: () => {},
    close: async () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
};
