import { IssueError } from "../../../runtime/base/issue.ts";
import type { BackendId } from "../../../runtime/execute/backend.ts";
import { createWebBackend } from "../../../runtime/execute/ort-web.ts";
import { chain, computeEverywhere } from "../../support/backend-checks.ts";
import type { PageReport, TestPage } from "../test-page.ts";
import { bufferBytes } from "./buffer-bytes.ts";
import { ortFiles } from "../../../editor/run/ort-files.ts";

async function tryBackend(wanted: "auto" | BackendId, steps: number): Promise<PageReport> {
  try {
    const { backend, notices } = await createWebBackend(wanted, { assets: ortFiles });
    const numbers = await computeEverywhere(backend);
    await chain(backend, 20);
    const before = bufferBytes();
    const largest = await chain(backend, steps);
    const grownBytes = bufferBytes() - before;
    await backend.close();
    const codes = notices.map(({ code }) => code);
    return { id: backend.id, chosen: backend.chosen, notices: codes, numbers, largest, grownBytes };
  } catch (error) {
    if (error instanceof IssueError) return { issues: error.issues.map(({ code }) => code) };
    // Thrown on, it would reach nobody: a worker's rejections stay in the worker.
    return { issues: [`no issue but ${String(error)}`] };
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Parameters<TestPage["tryBackend"]>>) => {
  void tryBackend(...data).then((report) => self.postMessage(report));
});
