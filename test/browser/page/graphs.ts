import type { GraphsPage } from "../graphs-page.ts";

let worker: Worker | null = null;

/** Sends one message and waits for the reply. */
function ask(message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (worker === null) throw new Error("start comes first");
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

const graphs: GraphsPage = {
  start(wanted) {
    worker?.terminate();
    // onnxruntime-web is set up once a worker.
    worker = new Worker(new URL("./graphs-worker.ts", import.meta.url), { type: "module" });
    return ask(wanted);
  },
  run: ask,
};
Object.assign(globalThis, { graphs });
