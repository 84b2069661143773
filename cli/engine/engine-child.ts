import { registry } from "../../nodes/index.ts";
import { checkPrior } from "../../nodes/prior/check/check-prior.ts";
import { formatIssue } from "../../runtime/base/issue.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { peakMemory } from "../../runtime/execute/peak-memory-node.ts";
import { startNodePoolWorker } from "../../runtime/execute/noise/pool-worker-node.ts";
import { createEngine } from "../../runtime/protocol/engine.ts";
import { readBytes } from "../files/bytes.ts";

// The engine as a child process: requests and events go over the channel to the parent. Without a
// parent there is nothing to do, and onnxruntime ends best with its process.
const engine = createEngine({
  registry,
  checkPrior,
  post: (message) => void process.send?.(message),
  createBackend: createNodeBackend,
  startPoolWorker: startNodePoolWorker,
  readFile: readBytes,
  clock: () => performance.now(),
  peakMemory,
  log: (issue) => console.error(formatIssue(issue)),
});
process.on("message", engine.receive);
process.on("disconnect", () => process.exit(0));
