import { registry } from "../../nodes/index.ts";
import { checkPrior } from "../../nodes/prior/check/check-prior.ts";
import { formatIssue } from "../../runtime/base/issue.ts";
import { startWebPoolWorker } from "../../runtime/execute/noise/pool-worker-web.ts";
import { identityModel } from "../../runtime/execute/identity-model.ts";
import { createBreathing } from "../../runtime/execute/breathe-web.ts";
import { createWebBackend } from "../../runtime/execute/ort-web.ts";
import { createEngine } from "../../runtime/protocol/engine.ts";
import { ortFiles } from "./ort-files.ts";

/** What runs take that ask for no other, with its WebAssembly loaded and compiled before the first of them comes. */
const ready = createWebBackend("auto", { assets: ortFiles }).then(async (chosen) => {
  // Where even this cannot be loaded, the run that loads its own model says why.
  const session = await chosen.backend.createSession(identityModel("float32")).catch(() => null);
  await session?.release();
  return chosen;
});
ready.catch(() => {});

// The engine as a worker of the studio's worker: while it computes, the studio answers.
const engine = createEngine({
  registry,
  checkPrior,
  post: (message) => self.postMessage(message),
  createBackend: (wanted, options) =>
    wanted === "auto" && options.threads === undefined
      ? ready
      : createWebBackend(wanted, { ...options, assets: ortFiles }),
  startPoolWorker: startWebPoolWorker,
  breathe: createBreathing(),
  clock: () => performance.now(),
  log: (issue) => console.error(formatIssue(issue)),
});
self.addEventListener("message", ({ data }: MessageEvent<unknown>) => engine.receive(data));
