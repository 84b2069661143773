import type { Backend, BackendId } from "../../../runtime/execute/backend.ts";
import { createWebBackend } from "../../../runtime/execute/ort-web.ts";
import { createNoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { startWebPoolWorker } from "../../../runtime/execute/noise/pool-worker-web.ts";
import { hostReport, issuesIn, type HostReport } from "../../backends/host-report.ts";
import { fromText, toText } from "../../backends/plain-text.ts";
import { answerCase, type Answer } from "../../backends/run-case.ts";
import { bufferBytes } from "./buffer-bytes.ts";
import { ortFiles } from "../../../editor/run/ort-files.ts";

const pool = createNoisePool({ start: startWebPoolWorker });
let backend: Backend | null = null;

async function start(wanted: "auto" | BackendId): Promise<HostReport> {
  try {
    const chosen = await createWebBackend(wanted, { assets: ortFiles });
    ({ backend } = chosen);
    return hostReport(chosen);
  } catch (error) {
    return { notices: [], issues: issuesIn(error) };
  }
}

async function answer(message: string): Promise<HostReport | Answer> {
  if (backend === null) return start(message as "auto" | BackendId);
  const answered = await answerCase(backend, fromText(message), { pool });
  return "issues" in answered ? answered : { ...answered, deviceBytes: bufferBytes() };
}

self.addEventListener("message", ({ data }: MessageEvent<string>) => {
  void answer(data).then((reply) => self.postMessage(toText(reply)));
});
