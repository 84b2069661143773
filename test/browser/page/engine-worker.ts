import { registry } from "../../../nodes/index.ts";
import { createWebBackend } from "../../../runtime/execute/ort-web.ts";
import { startWebPoolWorker } from "../../../runtime/execute/noise/pool-worker-web.ts";
import { createEngine } from "../../../runtime/protocol/engine.ts";
import { fromText, toText } from "../../backends/plain-text.ts";
import type { GraphCase } from "../../backends/run-case.ts";
import type { EngineAsk } from "../engine-page.ts";
import { ortFiles } from "../../../editor/run/ort-files.ts";

const missing = {
  wasm: new URL("nowhere.wasm", self.location.href).href,
  mjs: new URL("nowhere.mjs", self.location.href).href,
};
const nowhere = { wasm: missing, webgpu: missing };

self.addEventListener("message", ({ data }: MessageEvent<EngineAsk>) => {
  const { document, task, feeds, tensors, models } = fromText<GraphCase>(data.graphCase);
  const engine = createEngine({
    registry,
    post({ event }) {
      if (event.type === "done" || event.type === "failed") self.postMessage(toText(event));
    },
    createBackend: (wanted, options) =>
      createWebBackend(wanted, { ...options, assets: data.assetsThere ? ortFiles : nowhere }),
    startPoolWorker: startWebPoolWorker,
    clock: () => performance.now(),
  });
  engine.receive({
    type: "run",
    run: 1,
    compile: {
      document,
      ...(task === undefined ? {} : { task }),
      feeds,
      batch: 1,
      assets: {
        tensors: new Map(Object.entries(tensors ?? {})),
        models: new Map(Object.entries(models ?? {})),
      },
    },
    options: { backend: data.wanted, seed: 1 },
  });
});
