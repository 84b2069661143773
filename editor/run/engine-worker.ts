import { registry } from "../../nodes/index.ts";
import { checkPrior } from "../../nodes/prior/check/check-prior.ts";
import { formatIssue } from "../../runtime/base/issue.ts";
import { startWebPoolWorker } from "../../runtime/execute/noise/pool-worker-web.ts";
import { createBreathing } from "../../runtime/execute/breathe-web.ts";
import { createWebBackend } from "../../runtime/execute/ort-web.ts";
import { createEngine } from "../../runtime/protocol/engine.ts";
import { ortFiles } from "./ort-files.ts";

// The engine as a worker of the studio's worker: while it computes, the studio answers.
const engine = createEngine({
  registry,
  checkPrior,
  post: (message) => self.postMessage(message),
  createBackend: (wanted, options) => createWebBackend(wanted, { ...options, assets: ortFiles }),
  startPoolWorker: startWebPoolWorker,
  breathe: createBreathing(),
  clock: () => performance.now(),
  log: (issue) => console.error(formatIssue(issue)),
});
self.addEventListener("message", ({ data }: MessageEvent<unknown>) => engine.receive(data));
