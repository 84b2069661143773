import { Worker } from "node:worker_threads";
import type { FromPoolWorker, StartPoolWorker } from "./pool-worker.ts";

/** Starts a pool worker as a thread of Node. It runs no onnxruntime, so ending it is safe at any time. */
export const startNodePoolWorker: StartPoolWorker = (script, events) => {
  const head = 'const port = require("node:worker_threads").parentPort;';
  const worker = new Worker(`${head}${script}`, { eval: true, execArgv: [], name: "noise" });
  worker.on("message", (message: FromPoolWorker) => events.message(message));
  worker.on("error", (error) => events.failure(String(error)));
  worker.on("exit", () => events.failure("the worker ended"));
  let holds = 0;
  worker.unref(); // after the listeners, which would hold it again
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    hold: () => void (holds++ === 0 && worker.ref()),
    release: () => void (--holds === 0 && worker.unref()),
    close: async () => void (await worker.terminate()),
  };
};
