import type { EnginePage } from "../engine-page.ts";

/** A new worker a run, as a reload of the page would give. */
const engine: EnginePage = {
  run(ask) {
    const worker = new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" });
    const last = new Promise<string>((resolve, reject) => {
      worker.addEventListener("message", ({ data }: MessageEvent<string>) => resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    });
    worker.postMessage(ask);
    return last.finally(() => worker.terminate());
  },
};
Object.assign(globalThis, { engine });
