import type { PageReport, TestPage } from "../test-page.ts";

/** In a worker, where the editor runs the engine too; a new one a call, since onnxruntime-web is set up once. */
function tryBackend(...args: Parameters<TestPage["tryBackend"]>): Promise<PageReport> {
  const worker = new Worker(new URL("./backends-worker.ts", import.meta.url), { type: "module" });
  const report = new Promise<PageReport>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<PageReport>) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
  worker.postMessage(args);
  return report.finally(() => worker.terminate());
}

const page: TestPage = { tryBackend };
Object.assign(globalThis, { page });
